/** The details of the open conversation: beside it where the window is wide enough for three panes, else in a dialog. */
import { tick } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';
import type { ConversationItem } from '../../lib/backend';
import { goTo, view } from '../../state/view.svelte';

const wide = new MediaQuery('min-width: 1100px');

/** What had the focus before the pane was called up. */
let before: Element | null = null;

/** Of a conversation with somebody who has deleted their account there is nothing to tell. */
export function hasDetails(item: ConversationItem | undefined): boolean {
  return item !== undefined && (item.kind !== 'direct' || (item.peer !== null && item.peer.username !== ''));
}

export const details = {
  /** There is room for them beside the conversation. */
  get fit(): boolean {
    return wide.current;
  },
  /** They stand beside the conversation, whichever is open. */
  get shown(): boolean {
    return wide.current && view.details && !view.outbox && view.place === 'conversations';
  },
};

export function toggleDetails(item: ConversationItem): void {
  if (!hasDetails(item)) return;
  if (wide.current) {
    if (details.shown) closeDetails();
    else void openDetails();
  } else if (item.kind === 'direct' && item.peer) goTo.person(item.peer);
  else goTo.about(item.id);
}

async function openDetails(): Promise<void> {
  before = document.activeElement;
  view.outbox = false;
  view.details = true;
  await tick();
  document.querySelector<HTMLElement>('[data-details] [data-landmark-focus]')?.focus();
}

/** Whoever was in them goes on where they came from. */
export function closeDetails(): void {
  const inside = isInDetails();
  view.details = false;
  const back = before instanceof HTMLElement && before !== document.body ? before : null;
  before = null;
  if (!inside) return;
  void tick().then(() => (back?.isConnected ? back : document.querySelector<HTMLElement>('[data-opens-details]'))?.focus());
}

/** The focus is in the pane, or was on something of it that has gone. */
export function isInDetails(): boolean {
  const pane = document.querySelector('[data-details]');
  return pane !== null && (pane.contains(document.activeElement) || document.activeElement === document.body);
}
