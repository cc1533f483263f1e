/**
 * What is being written in threads, and what it is to answer: it is there when one is back in the thread. By the message that that is about.
 * What was typed here counts more than what was read from the disk a moment ago.
 */
import { SvelteMap } from 'svelte/reactivity';
import { call } from '../lib/backend';
import type { Problem, QuoteView } from '../lib/backend';
import { drafts, joined } from './drafts';

export interface Aside {
  text: string;
  quote: QuoteView | null;
}

const NOTHING: Aside = { text: '', quote: null };
const typed = new SvelteMap<string, Aside>();
/** What the disk has, as far as that is known; `null` where it could not be kept. */
const kept = new Map<string, string | null>();

/** A draft is its text and what it answers. */
const words = ({ text, quote }: Aside) => `${quote?.message ?? ''}\n${text}`;

export const asides = {
  get(root: string): Aside {
    return typed.get(root) ?? NOTHING;
  },
  /** What was typed here, also where that is nothing any more; left out where nothing was. */
  typed(root: string): Aside | undefined {
    return typed.get(root);
  },
  /** What the disk has, where nothing was typed here. */
  found(root: string, there: Aside): void {
    if (typed.has(root) || (there.text === '' && !there.quote)) return;
    typed.set(root, there);
    kept.set(root, words(there));
  },
  /** Remembers at once; `save` makes it durable. */
  set(root: string, part: Partial<Aside>): void {
    typed.set(root, { ...asides.get(root), ...part });
  },
  /** Makes it durable, unless it is; what went wrong is the caller's to tell. */
  async save(conversation: string, root: string): Promise<Problem | null> {
    const aside = asides.get(root);
    const saving = words(aside);
    if ((kept.has(root) ? kept.get(root) : words(NOTHING)) === saving) return null;
    kept.set(root, saving);
    const failure = await drafts.keep(call('save_draft', { conversation, root, text: aside.text, reply_to: aside.quote?.message ?? null }));
    // What could not be kept, on a full disk, is tried again with the next occasion.
    if (failure && kept.get(root) === saving) kept.set(root, null);
    return failure;
  },
  /** It is in the outbox, and the kept draft went with it; what was typed meanwhile stays. */
  said(root: string, text: string): void {
    kept.set(root, words(NOTHING));
    asides.set(root, { text: asides.get(root).text.replace(text, ''), quote: null });
  },
  /** A text that was given up comes back, whatever is open by then. It answers what it did, unless something else is chosen. */
  back(root: string, text: string, quote: QuoteView | null): void {
    const now = asides.get(root);
    asides.set(root, { text: joined(now.text, text), quote: now.quote ?? quote });
  },
  /** The kept draft has the text: here it comes behind what was typed. */
  returned(root: string, text: string, quote: QuoteView | null): void {
    if (!typed.has(root)) return;
    kept.set(root, null);
    asides.back(root, text, quote);
  },
  /** The message will never be. */
  forget(message: string): void {
    for (const [root, { quote }] of typed) if (quote?.message === message) asides.set(root, { quote: null });
  },
  /** Another account is shown. */
  clear(): void {
    typed.clear();
    kept.clear();
  },
};
