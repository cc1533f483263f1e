/** What Elin sends so that she can have it back, and what she passes on. */
import type { Commands } from '../commands';
import type { OutboxItem, Problem } from '../types';
import type { Fake } from './fake';
import { contentOf } from './formatted';
import { entry, isMessage, textOf } from './model';
import { allOf } from './threads';

/** Holds it as long as Elin wants; then it goes, unless it is gone. Whether she wants that at all. */
export function hold(fake: Fake, item: OutboxItem, send: (item: OutboxItem) => void): boolean {
  const for_ms = fake.settings.undo_send_s * 1_000;
  if (for_ms === 0) return false;
  item.wait = { kind: 'held', until_local: fake.now() + for_ms };
  setTimeout(() => {
    item.wait = null;
    if (fake.outbox.includes(item)) send(item);
  }, for_ms);
  return true;
}

/** Another text for what is held: nobody has seen the first one. */
export function reword(fake: Fake, conversation: string, message: string, text: string): boolean {
  const item = fake.outbox.find((waiting) => waiting.id === message && waiting.wait?.kind === 'held');
  if (item) item.text = text;
  if (item) fake.changed(conversation);
  return item !== undefined;
}

export function forwardHandlers(fake: Fake, send: (item: OutboxItem) => void): Pick<Commands, 'forward_message'> {
  const textIn = (conversation: string, message: string): string => {
    const waiting = fake.outbox.find((item) => item.id === message && isMessage(item));
    const content = waiting ? contentOf(waiting.text ?? '') : allOf(fake.find(conversation)).find((one) => one.id === message)?.content;
    if (content?.kind !== 'text') throw { code: 'not_found', message: 'This message was deleted, so it cannot be forwarded.' } satisfies Problem;
    return textOf(content);
  };
  return {
    forward_message: ({ conversation, message, to, comment }) => {
      const text = textIn(conversation, message);
      for (const there of to) {
        const { name } = fake.find(there);
        const parts = [{ what: 'forward_message', text }, ...(comment ? [{ what: 'send_message', text: comment }] : [])];
        const items = parts.map((part) => entry({ ...part, conversation: there, conversation_name: name, since_local: fake.now() }));
        fake.outbox.push(...items);
        fake.changed(there);
        items.forEach(send);
      }
      return null;
    },
  };
}
