/** How Elin has her conversations, as the server would keep it. */
import type { Commands } from '../commands';
import type { Filter, NotificationLevel } from '../types';
import type { Fake } from './fake';
import type { Conversation } from './model';
import { listHandlers } from './sections';

/** How it is pinned, put away with so many messages, muted and told of. */
export interface Arranged {
  pinned_at: number | null;
  archived_to: number | null;
  muted_until: number | null;
  level: NotificationLevel;
}

export const asItCame = (): Arranged => ({ pinned_at: null, archived_to: null, muted_until: null, level: 'all' });

/** What came after it brings it back, but for what came while it was muted. */
export function isArchived({ arranged: { archived_to, muted_until }, messages }: Conversation): boolean {
  const last = messages.findLast(({ content }) => content.kind !== 'system');
  return archived_to !== null && (!last || last.pos <= archived_to || (muted_until !== null && last.at < muted_until));
}

/** Whether the list shows it under this filter. */
export function isWanted(conversation: Conversation, filter: Filter, unread: number): boolean {
  if (isArchived(conversation) !== (filter === 'archived')) return false;
  if (filter === 'unread') return unread > 0;
  return filter === 'all' || filter === 'archived' || (conversation.kind === 'direct') === (filter === 'direct');
}

/** What is pinned first, longest first; 0 of two that are not. */
export function inOrder(a: Conversation, b: Conversation): number {
  const [one, other] = [a.arranged.pinned_at ?? Infinity, b.arranged.pinned_at ?? Infinity];
  return one === other ? 0 : one - other;
}

export function arrangeHandlers(fake: Fake): Pick<Commands, 'arrange_conversation' | 'list_conversations' | 'list_sections'> {
  return {
    ...listHandlers(fake),
    arrange_conversation: ({ conversation, change }) => {
      const { arranged, messages } = fake.find(conversation);
      if ('pinned' in change) {
        arranged.pinned_at = change.pinned ? (arranged.pinned_at ?? fake.now()) : null;
        if (change.pinned) arranged.archived_to = null;
      } else if ('archived' in change) {
        arranged.archived_to = change.archived ? messages.length : null;
        if (change.archived) arranged.pinned_at = null;
      } else if ('muted' in change) arranged.muted_until = change.muted;
      else arranged.level = change.level;
      fake.changed(conversation);
      return null;
    },
  };
}
