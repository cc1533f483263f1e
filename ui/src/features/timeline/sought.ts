/** A message that was wished for and is not on this computer yet: its conversation's history comes first while it is open. */

/** Who has waited so long looks at something else by now. */
const WAIT_MS = 20_000;

export class Sought {
  #wish: { id: string; until: number } | null = null;
  readonly #show: (id: string) => Promise<boolean>;

  /** `show` says whether it was there to be shown. */
  constructor(show: (id: string) => Promise<boolean>) {
    this.#show = show;
  }

  for(id: string): void {
    this.#wish = { id, until: performance.now() + WAIT_MS };
  }

  /** Something else is wished for. */
  drop(): void {
    this.#wish = null;
  }

  /** Something has come: perhaps this. */
  async look(): Promise<void> {
    const wish = this.#wish;
    if (!wish) return;
    if (performance.now() > wish.until) this.#wish = null;
    else if ((await this.#show(wish.id)) && this.#wish === wish) this.#wish = null;
  }
}
