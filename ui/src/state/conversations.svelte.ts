/** The conversation list: as many lines as are looked at, asked for again whenever something changed. */
import { asProblem, call, isLeft } from '../lib/backend';
import type { ConversationItem, Filter, Problem } from '../lib/backend';
import { coalesce } from '../lib/coalesce';

const PAGE = 200;
/** While history pours in, the list is asked for at most this often. */
const REST_MS = 120;

class Conversations {
  items = $state.raw<ConversationItem[]>([]);
  filter = $state<Filter>('all');
  loaded = $state(false);
  problem = $state<Problem | null>(null);
  #limit = PAGE;
  #ended = false;
  /** Lines seen before, for conversations that are not on the list just now. */
  #known = new Map<string, ConversationItem>();
  #version = $state(0);

  refresh = coalesce(() => this.#load(), REST_MS);

  async #load(): Promise<void> {
    const filter = this.filter;
    try {
      const items = await call('list_conversations', { filter, limit: this.#limit });
      if (filter !== this.filter) return;
      this.#ended = items.length < this.#limit;
      this.items = items;
      this.remember(items);
      this.loaded = true;
      this.problem = null;
    } catch (error) {
      if (isLeft(error)) return;
      this.problem = asProblem(error);
    }
  }

  async show(filter: Filter): Promise<void> {
    this.filter = filter;
    this.#limit = PAGE;
    await this.refresh();
  }

  /** More lines, when the end of those that are there comes near. */
  async more(): Promise<void> {
    if (this.#ended || this.items.length < this.#limit) return;
    this.#limit += this.#limit;
    await this.refresh();
  }

  remember(items: ConversationItem[]): void {
    for (const item of items) this.#known.set(item.id, item);
    this.#version += 1;
  }

  /** The line of a conversation, if it was ever seen. */
  find(id: string): ConversationItem | undefined {
    return this.#version >= 0 ? this.#known.get(id) : undefined;
  }

  /** My conversation of two with somebody, if it was ever seen. */
  withPerson(user: string): ConversationItem | undefined {
    return this.#version >= 0 ? [...this.#known.values()].find((item) => item.kind === 'direct' && item.peer?.user === user) : undefined;
  }

  /** Looks for a line that was never seen, such as one that a notification names. */
  async ensure(id: string): Promise<void> {
    if (this.#known.has(id)) return;
    for (const filter of ['all', 'archived'] as const) this.remember(await call('list_conversations', { filter, limit: 100_000 }));
  }

  /** Whether it is on no list any more: it was deleted, or is not mine to see. */
  async isGone(id: string): Promise<boolean> {
    for (const filter of ['all', 'archived'] as const) {
      const items = await call('list_conversations', { filter, limit: 100_000 });
      if (items.some((item) => item.id === id)) return false;
    }
    return true;
  }

  forget(id: string): void {
    this.#known.delete(id);
    this.#version += 1;
  }

  clear(): void {
    this.items = [];
    this.loaded = false;
    this.problem = null;
    this.filter = 'all';
    this.#limit = PAGE;
    this.#known.clear();
  }
}

export const conversations = new Conversations();
