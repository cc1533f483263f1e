/** What waits in Elin's composers. */
import type { Commands } from '../commands';
import type { Fake } from './fake';

export function draftHandlers(fake: Fake): Pick<Commands, 'save_draft'> {
  return {
    save_draft: ({ conversation, text, reply_to }) => {
      Object.assign(fake.find(conversation), { draft: text.trim() ? text : null, draft_reply: reply_to });
      fake.emit({ kind: 'conversations' });
      return null;
    },
  };
}
