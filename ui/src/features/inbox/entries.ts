/** What stands in the inbox: what I was told, and where something is unread; the newest first. */
import type { ConversationItem, InboxItem } from '../../lib/backend';
import { titleOf } from '../../lib/people';

interface Unread {
  kind: 'messages';
  conversation: string;
  name: string;
  unread: number;
  /** New in threads there: alone it is a reason to stand here, too. */
  asides: number;
}

export interface Entry {
  /** Of messages that of their conversation: they are read there. */
  id: string;
  at: number;
  read: boolean;
  what: InboxItem['what'] | Unread;
}

export function entriesOf(told: InboxItem[], unread: ConversationItem[]): Entry[] {
  const messages = unread.map((item): Entry => ({
    id: item.id,
    at: item.last?.at ?? 0,
    read: false,
    what: { kind: 'messages', conversation: item.id, name: titleOf(item), unread: item.unread, asides: item.asides ?? 0 },
  }));
  return [...told, ...messages].toSorted((one, other) => other.at - one.at);
}
