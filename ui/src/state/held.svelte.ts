/** What I have just sent and can still have back: the outbox holds it for a few seconds, also over a restart. */
import { call } from '../lib/backend';
import type { OutboxItem } from '../lib/backend';

class Held {
  items = $state.raw<OutboxItem[]>([]);
  #asked = 0;

  async look(): Promise<void> {
    const mine = (this.#asked += 1);
    const items = await call('list_outbox');
    if (mine === this.#asked) this.items = items.filter((item) => item.wait?.kind === 'held');
  }

  has(message: string): boolean {
    return this.items.some((item) => item.id === message);
  }

  /** What was sent last into a conversation, or into the thread of one of its messages. */
  last(conversation: string, thread?: string): OutboxItem | undefined {
    return this.items.findLast((item) => item.conversation === conversation && item.thread === thread);
  }

  clear(): void {
    this.#asked += 1;
    this.items = [];
  }
}

export const held = new Held();
