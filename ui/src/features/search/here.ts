/** Searching one conversation: the filter for it, written as the suggestions write it, so that it is read again. */
import type { ConversationItem } from '../../lib/backend';
import { goTo } from '../../state/view.svelte';

/** What ends a name that stands between quotes, in any of the scripts in which somebody may have typed it. */
const QUOTES = /["“”„«»]/g;

/** `null`: it has no name by which it would be found. */
function filterOf({ peer, name }: ConversationItem): string | null {
  if (peer) return peer.username ? `in:@${peer.username} ` : null;
  const plain = name.replace(QUOTES, ' ').trim().replace(/\s+/g, ' ').replace(/^@+/, '');
  if (!/[\p{L}\p{N}]/u.test(plain)) return null;
  return `in:${plain.includes(' ') ? `"${plain}"` : plain} `;
}

/** What begins to look for these words there, or asks for them; `null` where it cannot be told which conversation is meant. */
export function searchIn(item: ConversationItem): ((words: string) => void) | null {
  const filter = filterOf(item);
  return filter === null ? null : (words) => goTo.search(filter + words, true);
}
