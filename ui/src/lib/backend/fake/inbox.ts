/** The fake's inbox: what was told, and conversations with something unread. */
import type { Commands } from '../commands';
import type { InboxItem } from '../types';
import type { Fake } from './fake';

type Names = 'list_inbox' | 'read_notifications';
type InboxHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

export function inboxHandlers(fake: Fake): InboxHandlers {
  return {
    list_inbox: () => {
      const messages = fake.lines('unread').map(
        ({ id, name, unread: count, last }): InboxItem => ({ id: null, at: last?.at ?? 0, read: false, what: { kind: 'messages', conversation: id, name, unread: count } }),
      );
      return [...fake.told, ...messages].toSorted((one, other) => other.at - one.at);
    },
    read_notifications: ({ ids }) => {
      fake.told = fake.told.map((item) => (item.id && ids.includes(item.id) ? { ...item, read: true } : item));
      fake.emit({ kind: 'inbox' });
      return null;
    },
  };
}
