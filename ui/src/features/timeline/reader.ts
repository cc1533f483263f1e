/** What counts as read: messages on the screen of a focused window, unless its person says by hand what they have read. */
import { call } from '../../lib/backend';
import { debounce } from '../../lib/coalesce';
import type { Window } from './pages';

const SEEN_MS = 400;

/** Somebody marked something as unread: nothing is read by looking until the marker is where it was again, or one leaves and comes back. */
export class Hold {
  /** Where the marker was at most. */
  #furthest = 0;
  #until = 0;

  /** Whether looking reads, with the marker there. */
  lets(marker: number): boolean {
    if (marker < this.#furthest) this.#until = this.#furthest;
    this.#furthest = Math.max(this.#furthest, marker);
    if (marker >= this.#until) this.#until = 0;
    return this.#until === 0;
  }

  /** Something up to there is marked as unread here. */
  keep(upto: number): void {
    this.#until = Math.max(this.#until, upto);
  }
}

export class Reader {
  readonly #conversation: string;
  readonly #hold = new Hold();
  #told = 0;
  #tell = debounce((pos: number) => {
    this.#told = pos;
    // It is in the outbox or it is asked for again with the next scroll: no reason for a message.
    call('mark_read', { conversation: this.#conversation, pos }).catch(() => (this.#told = 0));
  }, SEEN_MS);

  constructor(conversation: string) {
    this.#conversation = conversation;
  }

  look(scroller: HTMLElement, content: HTMLElement, window: Window, reading: boolean): void {
    const { read_pos } = window;
    if (!this.#hold.lets(read_pos) || !reading) {
      this.#tell.cancel();
      return;
    }
    const seen = lastSeen(scroller, content, window);
    if (seen > read_pos && seen > this.#told) this.#tell(seen);
  }

  /** Something up to there is marked as unread here. */
  hold(upto: number): void {
    this.#hold.keep(upto);
    this.#tell.cancel();
  }

  /** Leaving: what was seen is told at once. */
  leave(): void {
    this.#tell.flush();
  }
}

/** The place of the last message whose end is on the screen; 0 when there is none. */
function lastSeen(scroller: HTMLElement, content: HTMLElement, window: Window): number {
  const bottom = scroller.scrollTop + scroller.clientHeight;
  const places = new Map(window.messages.map((message) => [message.id, message.pos]));
  const rows = content.children;
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i] as HTMLElement;
    const pos = places.get(row.dataset.row ?? '');
    if (pos == null) continue;
    // A message longer than the screen is seen once its first lines are.
    const end = row.offsetTop + Math.min(row.offsetHeight, scroller.clientHeight / 2);
    if (end <= bottom + 1) return pos;
  }
  return 0;
}
