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
/** There is something to do about it: whoever goes there by keys takes longer. */
const ACTION_MS = 20_000;

class Toasts {
  shown = $state.raw<Toast[]>([]);
  #next = 1;
  /** When it goes by itself, and by what it is held meanwhile. */
  readonly #ends = new Map<number, { for_ms: number; timer: ReturnType<typeof setTimeout>; by: Set<string> }>();

  /** Returns what to dismiss it by. */
  info(text: string, action: Toast['action'] = null): number {
    return this.#show({ id: this.#next, text, code: null, action }, action ? ACTION_MS : INFO_MS);
  }

  problem(problem: Problem): void {
    if (this.shown.some((toast) => toast.code === problem.code && toast.text === problem.message)) return;
    this.#show({ id: this.#next, text: problem.message, code: problem.code, action: null }, PROBLEM_MS);
  }

  /** Something that one must know: it stays until one has closed it. */
  warning(problem: Problem): void {
    this.#show({ id: this.#next, text: problem.message, code: problem.code, action: null }, null);
  }

  /** It stays while it is pointed at or has the focus, and as long again afterwards. */
  hold(id: number, by: 'pointer' | 'focus'): void {
    const end = this.#ends.get(id);
    if (!end) return;
    end.by.add(by);
    clearTimeout(end.timer);
  }

  release(id: number, by: 'pointer' | 'focus'): void {
    const end = this.#ends.get(id);
    if (!end?.by.delete(by) || end.by.size > 0) return;
    end.timer = setTimeout(() => this.dismiss(id), end.for_ms);
  }

  dismiss(id: number): void {
    clearTimeout(this.#ends.get(id)?.timer);
    this.#ends.delete(id);
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  clear(): void {
    this.shown = [];
  }

  #show(toast: Toast, for_ms: number | null): number {
    this.#next += 1;
    this.shown = [...this.shown, toast].slice(-SHOWN_MAX);
    if (for_ms !== null) this.#ends.set(toast.id, { for_ms, timer: setTimeout(() => this.dismiss(toast.id), for_ms), by: new Set() });
    return toast.id;
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
