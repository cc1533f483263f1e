/** Short answers to something that the person did, with a way back where there is one. */
import { asProblem } from '../lib/backend';
import type { Problem } from '../lib/backend';

export interface Toast {
  id: number;
  text: string;
  /** Set for a failure. */
  code: string | null;
  action: { label: string; run: () => void } | null;
}

const SHOWN_MAX = 3;
const INFO_MS = 6_000;
const PROBLEM_MS = 12_000;

class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;

  info(text: string, action: Toast['action'] = null): void {
    this.#show({ id: this.#next, text, code: null, action }, INFO_MS);
  }

  problem(problem: Problem): void {
    if (this.shown.some((toast) => toast.code === problem.code && toast.text === problem.message)) return;
    this.#show({ id: this.#next, text: problem.message, code: problem.code, action: null }, PROBLEM_MS);
  }

  /** Something that one must know: it stays until one has closed it. */
  warning(problem: Problem): void {
    this.#show({ id: this.#next, text: problem.message, code: problem.code, action: null }, null);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  clear(): void {
    this.shown = [];
  }

  #show(toast: Toast, for_ms: number | null): void {
    this.#next += 1;
    this.shown = [...this.shown, toast].slice(-SHOWN_MAX);
    if (for_ms !== null) setTimeout(() => this.dismiss(toast.id), for_ms);
  }
}

export const toast = new Toasts();

/** What is answered once nobody is signed in any more, or another account is shown: whatever still asked is about to leave the screen. */
const GONE = ['not_signed_in', 'account_left'];

/** Does it, and says so when it did not work. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const problem = asProblem(error);
    if (!GONE.includes(problem.code)) toast.problem(problem);
    return undefined;
  }
}
