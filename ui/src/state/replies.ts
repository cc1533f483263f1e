/** What the text in a conversation's composer is to answer. What was chosen here counts more than a line of the list that was read a moment ago. */
import { SvelteMap } from 'svelte/reactivity';
import type { ConversationItem, QuoteView } from '../lib/backend';
import { conversations } from './conversations.svelte';

const chosen = new SvelteMap<string, QuoteView | null>();

export const replies = {
  get({ id, draft_quote }: Pick<ConversationItem, 'id' | 'draft_quote'>): QuoteView | null {
    const own = chosen.get(id);
    // The line knows better what stands there now.
    return own === undefined || own?.message === draft_quote?.message ? draft_quote : own;
  },
  set(conversation: string, quote: QuoteView | null): void {
    chosen.set(conversation, quote);
  },
  /** A text comes back: it answers what it did, unless something else is chosen. */
  back(conversation: string, quote: QuoteView | null): void {
    const line = conversations.find(conversation) ?? { id: conversation, draft_quote: null };
    if (quote && !replies.get(line)) chosen.set(conversation, quote);
  },
  /** The message will never be. */
  forget(message: string): void {
    for (const [conversation, quote] of chosen) if (quote?.message === message) chosen.set(conversation, null);
  },
  clear(): void {
    chosen.clear();
  },
};
