/**
 * The scroll anchor: an element and its place in content coordinates. Whatever moves it (a page above, a row that grows late) is undone;
 * whatever the person scrolls is not. At the bottom it sticks there instead.
 */
export class Anchor {
  stick = true;
  readonly #scroller: HTMLElement;
  readonly #content: HTMLElement;
  #element: HTMLElement | null = null;
  #offset = 0;
  #lastTop = 0;
  /** How far one could scroll when the place was last put right. */
  #lastRoom = 0;

  constructor(scroller: HTMLElement, content: HTMLElement) {
    this.#scroller = scroller;
    this.#content = content;
  }

  /** Puts what is looked at back where it was. Call after every change of height. */
  fix(): void {
    const el = this.#scroller;
    if (this.stick) el.scrollTop = el.scrollHeight;
    else if (this.#element?.isConnected) {
      const moved = this.#element.offsetTop - this.#offset;
      if (moved !== 0) {
        el.scrollTop += moved;
        this.#offset += moved;
      }
    }
    this.#note();
  }

  #note(): void {
    this.#lastTop = this.#scroller.scrollTop;
    this.#lastRoom = this.#room;
  }

  get #room(): number {
    return this.#scroller.scrollHeight - this.#scroller.clientHeight;
  }

  /** Whether any of a row is on the screen. */
  shows(key: string): boolean {
    const row = this.#content.querySelector<HTMLElement>(`[data-row="${key}"]`);
    if (!row) return false;
    const top = row.offsetTop - this.#scroller.scrollTop;
    return top + row.offsetHeight > 0 && top < this.#scroller.clientHeight;
  }

  /** Remembers the first row that is on the screen. */
  mark(): void {
    const rows = this.#content.children;
    if (rows.length === 0) return;
    const top = this.#scroller.scrollTop;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle] as HTMLElement;
      if (row.offsetTop + row.offsetHeight > top) high = middle;
      else low = middle + 1;
    }
    this.#element = rows[low] as HTMLElement;
    this.#offset = this.#element.offsetTop;
  }

  /** To be called for each scroll event; `atTail` is true when the last row is the newest one. */
  scrolled(atTail: boolean): void {
    const el = this.#scroller;
    // When the window or a row changes its size the engine moves what would show emptiness: nobody scrolled, the end is kept.
    if (this.stick && this.#room !== this.#lastRoom) return this.fix();
    if (this.below < 2 && atTail) this.stick = true;
    else if (el.scrollTop < this.#lastTop - 1) this.stick = false;
    if (!this.stick) {
      this.fix();
      this.mark();
    }
    this.#note();
  }

  /** Lets go of the bottom and holds what is on the screen now. */
  hold(): void {
    this.stick = false;
    this.mark();
    this.#note();
  }

  /** Pixels of content above and below the screen. */
  get above(): number {
    return this.#scroller.scrollTop;
  }
  get below(): number {
    return this.#scroller.scrollHeight - this.#scroller.scrollTop - this.#scroller.clientHeight;
  }
}
