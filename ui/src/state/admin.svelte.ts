/** What is being typed in the server's settings: it stays when one looks elsewhere, until it is saved or given up. */
import { asProblem, isLeft } from '../lib/backend';
import type { Problem, ServerSettings } from '../lib/backend';
import type { Draft } from '../features/admin/draft';

interface Admin {
  tab: string | null;
  /** What the server said last, and what it is to become. */
  base: ServerSettings | null;
  draft: Draft | null;
}

const nothing = (): Admin => ({ tab: null, base: null, draft: null });

export const admin = $state(nothing());

export function forgetAdmin(): void {
  Object.assign(admin, nothing());
}

/** Something that the server is asked for. Where it cannot be had, what was there stays. */
export class Asked<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  readonly #work: () => Promise<T>;
  #turn = 0;

  constructor(work: () => Promise<T>) {
    this.#work = work;
  }

  /** Only the answer to the newest question counts. */
  readonly ask = (): Promise<void> => this.#take(this.#work);

  /** What comes after what is there. */
  readonly more = (work: (before: T) => Promise<T>): Promise<void> => {
    const before = this.value;
    return before === null ? Promise.resolve() : this.#take(() => work(before));
  };

  async #take(work: () => Promise<T>): Promise<void> {
    const mine = ++this.#turn;
    this.busy = true;
    try {
      const value = await work();
      if (mine === this.#turn) [this.value, this.problem] = [value, null];
    } catch (error) {
      if (mine === this.#turn && !isLeft(error)) this.problem = asProblem(error);
    } finally {
      if (mine === this.#turn) this.busy = false;
    }
  }
}
