/** What people whom I have blocked wrote: one line instead of it, until I ask to see it. */
import { SvelteSet } from 'svelte/reactivity';
import type { MessageView } from '../../lib/backend';

const revealed = new SvelteSet<string>();

export function isCollapsed(message: MessageView): boolean {
  return message.blocked && !revealed.has(message.id);
}

/** For as long as the page is there. */
export function reveal(message: MessageView): void {
  revealed.add(message.id);
}
