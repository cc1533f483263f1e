/** What waits for its time in all conversations, and what could not be sent. */
import { call } from '../lib/backend';
import type { ScheduledView } from '../lib/backend';
import { coalesce } from '../lib/coalesce';
import { conversations } from './conversations.svelte';

/** It waits for the person: it could not be sent, or what they wanted of it was refused. */
export function isFailed({ reason, change }: ScheduledView): boolean {
  return reason !== null || change?.state.kind === 'failed';
}

class Scheduled {
  items = $state.raw<ScheduledView[]>([]);
  loaded = $state(false);
  #life = 0;

  /** What cannot be read now stays as it was: the list of conversations says what is wrong. */
  look = coalesce(async () => {
    const life = this.#life;
    try {
      const items = await call('list_scheduled', { conversation: null });
      if (life !== this.#life) return;
      this.items = items;
      this.loaded = true;
    } catch {
      return;
    }
  });

  /** For a component that shows it: it is asked for again whenever a line of the list of conversations may have changed. */
  follow(): void {
    $effect(() => {
      void conversations.items;
      // Emptied for another account: there is nobody to ask for yet.
      if (!conversations.loaded) return;
      void this.look();
    });
  }

  find(message: string): ScheduledView | undefined {
    return this.items.find((item) => item.message === message);
  }

  of(conversation: string): ScheduledView[] {
    return this.items.filter((item) => item.conversation === conversation);
  }

  /** Those that wait for the person. */
  get failed(): number {
    return this.items.filter(isFailed).length;
  }

  clear(): void {
    this.#life += 1;
    this.items = [];
    this.loaded = false;
  }
}

export const scheduled = new Scheduled();
