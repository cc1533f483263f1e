/** The fake's inbox: what was told. */
import type { Commands } from '../commands';
import type { Fake } from './fake';

type Names = 'list_inbox' | 'read_notifications';
type InboxHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

export function inboxHandlers(fake: Fake): InboxHandlers {
  return {
    list_inbox: () => fake.told.toSorted((one, other) => other.at - one.at),
    read_notifications: ({ ids }) => {
      fake.told = fake.told.map((item) => (ids.includes(item.id) ? { ...item, read: true } : item));
      fake.emit({ kind: 'inbox' });
      return null;
    },
  };
}
