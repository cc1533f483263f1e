/**
 * What is wished for in a timeline. The last wish counts: what comes late of an earlier one moves nothing. A message that is not on this
 * computer yet is waited for: its conversation's history comes first while it is open.
 */

/** Who has waited so long looks at something else by now. */
const WAIT_MS = 20_000;

/** Whether it is still wished for. */
export type Still = () => boolean;

export class Sought {
  #wish: { id: string; until: number } | null = null;
  #turn = 0;
  readonly #show: (id: string, still: Still) => Promise<boolean>;

  /** `show` says whether it was there to be shown. */
  constructor(show: (id: string, still: Still) => Promise<boolean>) {
    this.#show = show;
  }

  for(id: string): void {
    this.#wish = { id, until: performance.now() + WAIT_MS };
  }

  /** Something else is wished for, or the timeline is left. */
  turn(): Still {
    this.#wish = null;
    const mine = (this.#turn += 1);
    return () => mine === this.#turn;
  }

  /** Something has come: perhaps this. */
  async look(): Promise<void> {
    const wish = this.#wish;
    if (!wish) return;
    if (performance.now() > wish.until) this.#wish = null;
    else if ((await this.#show(wish.id, () => this.#wish === wish)) && this.#wish === wish) this.#wish = null;
  }
}
