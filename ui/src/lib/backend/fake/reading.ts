/** How far Elin has read, as the server would keep it. */
import type { Commands } from '../commands';
import type { Problem } from '../types';
import type { Fake } from './fake';
import { ME } from './model';

export const NOTHING: Problem = { code: 'nothing_unread', message: 'There is no message of somebody else here that could be unread.' };

export function readingHandlers(fake: Fake): Pick<Commands, 'mark_read' | 'mark_unread'> {
  return {
    mark_read: ({ conversation, pos }) => {
      const found = fake.find(conversation);
      found.read_pos = Math.max(found.read_pos, pos ?? found.messages.at(-1)?.pos ?? 0);
      fake.changed(conversation);
      return null;
    },
    mark_unread: ({ conversation, from }) => {
      const found = fake.find(conversation);
      const first = from === null ? found.messages.findLast((message) => message.sender !== ME.user) : found.messages.find((message) => message.id === from);
      if (!first) throw NOTHING;
      found.read_pos = Math.min(found.read_pos, first.pos - 1);
      fake.changed(conversation);
      return null;
    },
  };
}
