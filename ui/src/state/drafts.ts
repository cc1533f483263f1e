/** Text that waits in composers. What was typed here counts more than a line of the list that was read a moment ago. */
import { asProblem, call } from '../lib/backend';
import type { Problem } from '../lib/backend';

/** A text that comes back stands behind what is there, once. */
export function joined(before: string, back: string): string {
  if (!before.trim()) return back;
  return before === back || before.endsWith(`\n${back}`) ? before : `${before.trimEnd()}\n${back}`;
}

const typed = new Map<string, string>();
/** What is on its way to the disk. */
const saving = new Set<Promise<unknown>>();

export const drafts = {
  get(conversation: string, kept: string | null | undefined): string {
    return typed.get(conversation) ?? kept ?? '';
  },
  /** Remembers at once; `save` makes it durable. */
  set(conversation: string, text: string): void {
    typed.set(conversation, text);
  },
  /** Makes it durable; what went wrong otherwise is the caller's to tell. */
  save(conversation: string, text: string, reply_to: string | null): Promise<Problem | null> {
    typed.set(conversation, text);
    return drafts.keep(call('save_draft', { conversation, text, reply_to }));
  },
  /** Waits for what is on its way to the disk. */
  async keep(save: Promise<unknown>): Promise<Problem | null> {
    saving.add(save);
    try {
      await save;
      return null;
    } catch (error) {
      return asProblem(error);
    } finally {
      saving.delete(save);
    }
  },
  /** Resolves once all of it is there, or could not be kept. */
  async settled(): Promise<void> {
    await Promise.allSettled(saving);
  },
  /** Puts a text behind one that is not shown. The draft on the disk has it already, a line of the list may have been read before. */
  add(conversation: string, text: string, kept: string | null | undefined): void {
    const before = typed.get(conversation) ?? kept;
    if (before !== undefined) typed.set(conversation, joined(before ?? '', text));
  },
  clear(): void {
    typed.clear();
  },
};
