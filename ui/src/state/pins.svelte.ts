/** What is pinned in the open conversation: asked for with it, and again whenever it changed. */
import { call } from '../lib/backend';
import type { MarkedView, PinList } from '../lib/backend';
import { coalesce } from '../lib/coalesce';

class Pins {
  #list = $state.raw<{ of: string; list: PinList } | null>(null);
  #wanted: string | null = null;

  /** What cannot be read now stays as it was: the timeline below it says what is wrong. */
  readonly #look = coalesce(async () => {
    const of = this.#wanted;
    if (of === null) return;
    try {
      const list = await call('list_pins', { conversation: of });
      if (of === this.#wanted) this.#list = { of, list };
    } catch {
      return;
    }
  });

  refresh(conversation: string): Promise<void> {
    this.#wanted = conversation;
    return this.#look();
  }

  of(conversation: string): MarkedView[] {
    return this.#list?.of === conversation ? this.#list.list.items : [];
  }

  /** Whether I may pin and unpin there. */
  may(conversation: string): boolean {
    return this.#list?.of === conversation && this.#list.list.may;
  }

  clear(): void {
    this.#wanted = null;
    this.#list = null;
  }
}

export const pins = new Pins();
