/** What was open in this window: the way back and forward through it, as a browser has one, and the conversations that one was in last. */
import type { Place } from './view.svelte';

/** A conversation, or another place, which is none. */
export interface Spot {
  place: Place;
  conversation: string | null;
}

/** Nobody goes back further. */
const KEPT_MAX = 100;

const same = (one: Spot | undefined, other: Spot | null) => one?.place === other?.place && one?.conversation === other?.conversation;

/** What is open is a spot; the list alone is none. */
export function spotOf(place: Place, conversation: string | null): Spot | null {
  if (place !== 'conversations') return { place, conversation: null };
  return conversation === null ? null : { place, conversation };
}

class Visited {
  #spots: Spot[] = [];
  #at = -1;
  #recent: string[] = [];

  /** The conversations that were open, the last one first. */
  get recent(): readonly string[] {
    return this.#recent;
  }

  /** This is open now. Where it is not what the way leads to anyhow, what was ahead is given up. */
  open(spot: Spot | null): void {
    if (!spot) return;
    const { conversation } = spot;
    if (conversation !== null) this.#recent = [conversation, ...this.#recent.filter((other) => other !== conversation)].slice(0, KEPT_MAX);
    if (same(this.#spots[this.#at], spot)) return;
    this.#spots = [...this.#spots.slice(0, this.#at + 1), spot].slice(-KEPT_MAX);
    this.#at = this.#spots.length - 1;
  }

  /** The next spot that way which is still there; none where the way ends. From the list alone the way back leads to what was open last. */
  step(by: 1 | -1, now: Spot | null, isThere: (spot: Spot) => boolean): Spot | null {
    const from = now === null && by < 0 ? this.#at : this.#at + by;
    for (let at = from; at >= 0 && at < this.#spots.length; at += by) {
      const spot = this.#spots[at];
      if (!spot || same(spot, now) || !isThere(spot)) continue;
      this.#at = at;
      return spot;
    }
    return null;
  }

  /** Another account is shown. */
  clear(): void {
    this.#spots = [];
    this.#at = -1;
    this.#recent = [];
  }
}

export const visited = new Visited();
