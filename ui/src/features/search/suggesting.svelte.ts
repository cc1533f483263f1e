/** What can stand behind a filter's colon, offered while it is typed: what is chosen takes the place of what stands there. */
import { tick } from 'svelte';
import { call } from '../../lib/backend';
import type { SuggestionView } from '../../lib/backend';

export class Suggesting {
  offered = $state.raw<SuggestionView[]>([]);
  at = $state(0);
  readonly id: string;
  /** Puts another text into the box. */
  readonly #put: (text: string) => void;
  #place = { from: 0, to: 0 };
  /** Where the filter stands that was turned down with Esc. */
  #declined = -1;
  /** What is answered after something else was asked for is too late. */
  #asked = 0;

  constructor(id: string, put: (text: string) => void) {
    this.id = id;
    this.#put = put;
  }

  close(): void {
    this.#asked += 1;
    this.offered = [];
    this.at = 0;
  }

  /** The letters have changed, or the caret has moved. */
  async look(box: HTMLInputElement): Promise<void> {
    const mine = (this.#asked += 1);
    const [query, caret] = [box.value, box.selectionStart ?? 0];
    if (!/[:：]/.test(query)) this.#declined = -1;
    if (caret !== box.selectionEnd || !/[:：]/.test(query)) return this.close();
    let found;
    try {
      found = await call('suggest_filters', { query, caret });
    } catch {
      // It can be typed all the same.
      return;
    }
    if (mine !== this.#asked) return;
    if (found.items.length === 0) this.#declined = -1;
    if (found.from === this.#declined) return this.close();
    const before = this.offered[this.at]?.text;
    this.#place = { from: found.from, to: found.to };
    this.offered = found.items;
    this.at = Math.max(0, this.offered.findIndex(({ text }) => text === before));
  }

  /** Whether a key was for the list. */
  onkey(event: KeyboardEvent, box: HTMLInputElement): boolean {
    const { length } = this.offered;
    if (length === 0 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'ArrowDown') this.at = (this.at + 1) % length;
    else if (event.key === 'ArrowUp') this.at = (this.at + length - 1) % length;
    else if (event.key === 'Enter' || event.key === 'Tab') void this.choose(this.at, box);
    else if (event.key === 'Escape') this.#decline();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  async choose(at: number, box: HTMLInputElement): Promise<void> {
    const chosen = this.offered[at];
    const { from, to } = this.#place;
    this.close();
    if (!chosen) return;
    const [before, after] = [box.value.slice(0, from), box.value.slice(to).trimStart()];
    this.#put(before + chosen.text + after);
    await tick();
    box.focus();
    box.setSelectionRange(before.length + chosen.text.length, before.length + chosen.text.length);
  }

  #decline(): void {
    this.#declined = this.#place.from;
    this.close();
  }
}
