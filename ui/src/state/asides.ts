/** What is being written in threads, and what it is to answer: it is there when one is back in the thread. By the message that that is about. */
import { SvelteMap } from 'svelte/reactivity';
import type { QuoteView } from '../lib/backend';
import { joined } from './drafts';

export interface Aside {
  text: string;
  quote: QuoteView | null;
}

const NOTHING: Aside = { text: '', quote: null };
const unsent = new SvelteMap<string, Aside>();

export const asides = {
  get(root: string): Aside {
    return unsent.get(root) ?? NOTHING;
  },
  set(root: string, part: Partial<Aside>): void {
    const aside = { ...asides.get(root), ...part };
    if (aside.text === '' && !aside.quote) unsent.delete(root);
    else unsent.set(root, aside);
  },
  /** Another account is shown. */
  clear(): void {
    unsent.clear();
  },
  /** A text that was given up comes back, whatever is open by then. It answers what it did, unless something else is chosen. */
  back(root: string, text: string, quote: QuoteView | null): void {
    const now = asides.get(root);
    asides.set(root, { text: joined(now.text, text), quote: now.quote ?? quote });
  },
};
