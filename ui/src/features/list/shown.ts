/** The list as it stands: under its filter, by group or not, without what is folded. */
import type { ConversationItem } from '../../lib/backend';
import { conversations } from '../../state/conversations.svelte';
import { session } from '../../state/session.svelte';
import { view } from '../../state/view.svelte';
import { rowsOf } from './rows';
import type { ListRow } from './rows';

export function shownRows(): ListRow[] {
  // The open conversation stays where it is looked at, though it is read now and no longer unread.
  const open = view.conversation && conversations.filter === 'unread' ? conversations.find(view.conversation) : undefined;
  return rowsOf({ sections: conversations.sections, items: conversations.items, order: session.settings.list_order, folded: session.settings.folded_sections, open });
}

/** Without the heads of its sections. */
export function shownLines(): ConversationItem[] {
  return shownRows().flatMap((row) => (row.kind === 'line' ? [row.item] : []));
}
