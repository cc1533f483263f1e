/** What is searched for and what was found: each letter asks anew, and an answer to earlier letters is thrown away. */
import { asProblem, call } from '../../lib/backend';
import type { Problem, QueryPartView, SearchOrder, SearchPage } from '../../lib/backend';
import { debounce } from '../../lib/coalesce';
import { isMessageLink } from '../../lib/message_link';
import { conversations } from '../../state/conversations.svelte';
import { view } from '../../state/view.svelte';

const TYPING_MS = 40;

export class Finder {
  query = $state('');
  page = $state.raw<SearchPage | null>(null);
  problem = $state<Problem | null>(null);
  /** Which line is chosen: people first, then conversations, then messages. */
  chosen = $state(0);
  /** Called when a first page has come. */
  onfound: () => void = () => {};
  /** What the page was found for. */
  #answered = '';
  #turn = 0;
  #fetching = false;

  readonly people = $derived(this.page?.people ?? []);
  readonly conversations = $derived(this.page?.conversations ?? []);
  readonly hits = $derived(this.page?.hits ?? []);
  /** Lines before the first message. */
  readonly names = $derived(this.people.length + this.conversations.length);
  readonly count = $derived(this.names + this.hits.length);
  readonly hit = $derived(this.hits[this.chosen - this.names]);
  readonly filters = $derived((this.page?.parts ?? []).filter((part) => part.filter !== null));
  /** Without words nothing is better than the rest. */
  readonly hasWords = $derived((this.page?.parts ?? []).some(({ filter, without, text }) => filter === null && !without && text !== ''));
  /** It leads to one message: there is nothing to search for. */
  readonly link = $derived(isMessageLink(this.query));

  readonly #look = debounce(() => void this.find(), TYPING_MS);

  /** The letters have changed. */
  typed(): void {
    view.search.query = this.query;
    this.#look();
  }

  /** The page is left: what comes late is for nobody. */
  end(): void {
    this.#look.cancel();
    this.#turn += 1;
  }

  async find(): Promise<void> {
    const mine = (this.#turn += 1);
    const asked = this.query;
    view.search.query = asked;
    if (!asked.trim() || this.link) {
      this.page = null;
      this.problem = null;
      return;
    }
    try {
      const found = await call('search', { query: asked, order: view.search_order, after: null });
      if (mine !== this.#turn) return;
      conversations.remember(found.conversations);
      this.page = found;
      this.#answered = asked;
      this.problem = null;
      this.chosen = 0;
      this.onfound();
    } catch (error) {
      if (mine === this.#turn) this.problem = asProblem(error);
    }
  }

  async more(): Promise<void> {
    if (!this.page?.next || this.#fetching) return;
    this.#fetching = true;
    const mine = this.#turn;
    try {
      const next = await call('search', { query: this.#answered, order: view.search_order, after: this.page.next });
      if (mine !== this.#turn || !this.page) return;
      // What has come meanwhile may have moved the best.
      const known = new Set(this.page.hits.map(({ message }) => message));
      this.page = { ...this.page, hits: [...this.page.hits, ...next.hits.filter(({ message }) => !known.has(message))], next: next.next };
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.#fetching = false;
    }
  }

  order(order: SearchOrder): void {
    view.search_order = order;
    void this.find();
  }

  /** Takes a filter out of what was typed. */
  drop(part: QueryPartView): void {
    const rest = [this.#answered.slice(0, part.from).trimEnd(), this.#answered.slice(part.to).trimStart()];
    this.query = rest.filter(Boolean).join(' ');
    void this.find();
  }
}
