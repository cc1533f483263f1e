/** The conversation list, as one or by group: as many lines as are looked at, asked for again whenever something changed. */
import { asProblem, call, isLeft } from '../lib/backend';
import type { ConversationItem, Filter, ListSection, Problem } from '../lib/backend';
import { coalesce } from '../lib/coalesce';
import { session } from './session.svelte';

const PAGE = 200;
/** While history pours in, the list is asked for at most this often. */
const REST_MS = 120;

class Conversations {
  /** The lines in their order; by group without those that are folded. */
  items = $state.raw<ConversationItem[]>([]);
  /** The same by group, where the list stands so. */
  sections = $state.raw<ListSection[] | null>(null);
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
    const { list_by_group: byGroup, list_order: order, folded_sections } = session.settings;
    try {
      const wanted = { filter, order, limit: this.#limit };
      const sections = byGroup ? await call('list_sections', { ...wanted, folded: $state.snapshot(folded_sections) }) : null;
      const items = sections ? sections.flatMap((section) => section.items) : await call('list_conversations', wanted);
      if (filter !== this.filter || byGroup !== session.settings.list_by_group || order !== session.settings.list_order) return;
      this.#ended = items.length < wanted.limit;
      this.items = items;
      this.sections = sections;
      this.remember(items);
      this.loaded = true;
      this.problem = null;
    } catch (error) {
      if (isLeft(error)) return;
      this.problem = asProblem(error);
    }
  }

  /** There is nothing, not even folded. */
  get isEmpty(): boolean {
    return this.items.length === 0 && !this.sections?.length;
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
    for (const filter of ['all', 'archived'] as const) this.remember(await call('list_conversations', { filter, order: 'newest', limit: 100_000 }));
  }

  /** Whether it is on no list any more: it was deleted, or is not mine to see. */
  async isGone(id: string): Promise<boolean> {
    for (const filter of ['all', 'archived'] as const) {
      const items = await call('list_conversations', { filter, order: 'newest', limit: 100_000 });
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
    this.sections = null;
    this.loaded = false;
    this.problem = null;
    this.filter = 'all';
    this.#limit = PAGE;
    this.#known.clear();
  }
}

export const conversations = new Conversations();
