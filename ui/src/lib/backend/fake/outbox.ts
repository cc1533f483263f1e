/** What waits: tried again, given up and listed. */
import type { Commands } from '../commands';
import type { OutboxItem, Problem } from '../types';
import { putBack } from './drafts';
import type { Fake } from './fake';

type Names = 'retry_outbox' | 'discard_outbox' | 'list_outbox';
type OutboxHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

export function outboxHandlers(fake: Fake, send: (item: OutboxItem) => void): OutboxHandlers {
  return {
    retry_outbox: ({ id }) => {
      const item = fake.outbox.find((waiting) => waiting.id === id);
      if (item) {
        item.state = { kind: 'queued' };
        if (item.conversation) fake.changed(item.conversation);
        send(item);
      }
      return null;
    },
    discard_outbox: ({ id, edit, with_others }) => {
      const item = fake.outbox.find((waiting) => waiting.id === id);
      if (!item) throw { code: 'already_sent', message: 'This had already been sent.' } satisfies Problem;
      const by = item.what.startsWith('create_') ? fake.outbox.filter((other) => other !== item && other.conversation === item.conversation) : [];
      if (by.length > 0 && !with_others) return { kind: 'needed', by };
      if (item.tries > 0 && item.state.kind !== 'failed') item.state = { kind: 'canceling' };
      else fake.outbox = fake.outbox.filter((waiting) => waiting !== item && !by.includes(waiting));
      if (edit && item.thread && item.text !== null && item.state.kind !== 'canceling') putBack(fake, item, item.text);
      if (item.conversation) fake.changed(item.conversation);
      return item.state.kind === 'canceling' ? { kind: 'taking_back' } : { kind: 'gone', text: item.text };
    },
    list_outbox: () => fake.outbox,
  };
}
