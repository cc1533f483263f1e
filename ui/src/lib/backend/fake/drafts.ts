/** What waits in Elin's composers. */
import type { Commands } from '../commands';
import type { OutboxItem } from '../types';
import type { Fake } from './fake';
import type { Conversation } from './model';
import type { Under } from './threads';

export function draftHandlers(fake: Fake): Pick<Commands, 'save_draft'> {
  return {
    save_draft: ({ conversation, root, text, reply_to }) => {
      if (root) keepIn(fake.find(conversation), root, { text, reply_to });
      else Object.assign(fake.find(conversation), { draft: text.trim() ? text : null, draft_reply: reply_to });
      fake.emit({ kind: 'conversations' });
      return null;
    },
  };
}

function keepIn({ messages }: Conversation, root: string, draft: NonNullable<Under['draft']>): void {
  const message = messages.find(({ id }) => id === root);
  if (message) (message.under ??= { messages: [], following: false, read: 0 }).draft = draft;
}

/** The text of what was taken out comes back to where it was written. */
export function putBack(fake: Fake, { conversation, thread, quote }: OutboxItem, text: string): void {
  if (!conversation) return;
  if (thread) keepIn(fake.find(conversation), thread, { text, reply_to: quote?.message ?? null });
  else fake.find(conversation).draft = text;
}
