/**
 * Ctrl and Tab: while Ctrl is held the conversations that one was in last are gone through, and the one where it is let go opens. What one
 * passes by is not opened, and so not read.
 */
import type { ConversationItem } from '../../lib/backend';
import { conversations } from '../../state/conversations.svelte';
import { goTo, view } from '../../state/view.svelte';
import { visited } from '../../state/visited';

/** More are not taken in at a glance. */
const OFFERED_MAX = 9;

class Recent {
  /** Those that are gone through, for as long as it lasts. */
  items = $state.raw<ConversationItem[]>([]);
  at = $state(0);

  /** One further. The first press leads to where one was before. Whether there is anything to go to. */
  step(by: 1 | -1): boolean {
    if (this.items.length > 0) {
      this.at = (this.at + by + this.items.length) % this.items.length;
      return true;
    }
    const items = offered();
    const first = items[0]?.id === view.conversation && view.place === 'conversations' ? 1 : 0;
    if (items.length <= first) return false;
    this.items = items;
    this.at = by > 0 ? first : items.length - 1;
    return true;
  }

  choose(at = this.at): void {
    const item = this.items[at];
    this.close();
    if (item) goTo.conversation(item.id);
  }

  close(): void {
    this.items = [];
    this.at = 0;
  }
}

/** Those one was in, the last one first, and then, as when the window has only just opened, those that stand first in the list. */
function offered(): ConversationItem[] {
  const were = visited.recent.flatMap((id) => conversations.find(id) ?? []);
  return [...were, ...conversations.items.filter(({ id }) => !visited.recent.includes(id))].slice(0, OFFERED_MAX);
}

export const recent = new Recent();
