/** Text that waits in composers. What was typed here counts more than a line of the list that was read a moment ago. */
import { asProblem, call } from '../lib/backend';
import { toast } from './toasts.svelte';

const typed = new Map<string, string>();

export const drafts = {
  get(conversation: string, kept: string | null | undefined): string {
    return typed.get(conversation) ?? kept ?? '';
  },
  /** Remembers at once; `save` makes it durable. */
  set(conversation: string, text: string): void {
    typed.set(conversation, text);
  },
  async save(conversation: string, text: string): Promise<void> {
    typed.set(conversation, text);
    try {
      await call('save_draft', { conversation, text });
    } catch (error) {
      toast.problem(asProblem(error));
    }
  },
  clear(): void {
    typed.clear();
  },
};
