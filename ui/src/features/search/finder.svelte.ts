/** What is searched for and what was found: each letter asks anew, and an answer to earlier letters is thrown away. */
import { asProblem, call } from '../../lib/backend';
import type { MissingView, Problem, QueryPartView, SearchHit, SearchOrder, SearchPage } from '../../lib/backend';
import { debounce } from '../../lib/coalesce';
import { isMessageLink } from '../../lib/message_link';
import { worded } from '../../lib/words';
import { conversations } from '../../state/conversations.svelte';
import { view } from '../../state/view.svelte';

const TYPING_MS = 40;
/** The server, and what is missing here, is asked once the letters rest. */
const ASKING_MS = 400;
/** Answers without a hit, each of thousands of messages, after which somebody has to want more. */
const EMPTY_MAX = 10;

export class Finder {
  query = $state('');
  page = $state.raw<SearchPage | null>(null);
  problem = $state<Problem | null>(null);
  /** When what could not be looked through was written; `null` while that is not known, or nothing is missing. */
  missing = $state.raw<MissingView | null>(null);
  /** It is being fetched. */
  filling = $state(false);
  /** What the server has found of what is not here, below all that is. */
  beyond = $state.raw<SearchHit[]>([]);
  /** It is being asked. */
  asking = $state(false);
  /** Why it could not be. */
  unasked = $state<Problem | null>(null);
  /** Which line is chosen: people first, then conversations, then messages. */
  chosen = $state(0);
  /** Called when a first page has come. */
  onfound: () => void = () => {};
  /** The filters of which it was asked last. */
  #missingOf = '';
  /** What the page was found for. */
  #answered = '';
  #turn = 0;
  #fetching = false;
  /** Where the server goes on; `undefined` while nothing is left to ask. */
  #beyondNext = $state<string | null | undefined>(undefined);
  #empty = $state(0);
  /** Hits whose place has come. */
  readonly #fetched = new Set<string>();
  /** Those whose place is on its way. */
  readonly #bringing = new Map<string, Promise<Problem | null>>();

  readonly people = $derived(this.page?.people ?? []);
  readonly conversations = $derived(this.page?.conversations ?? []);
  readonly here = $derived(this.page?.hits ?? []);
  /** Those that have come since are here. */
  readonly there = $derived.by(() => {
    const here = new Set(this.here.map(({ message }) => message));
    return this.beyond.filter(({ message }) => !here.has(message));
  });
  /** Nothing was found in much of what is not here, and there is more of it. */
  readonly stopped = $derived(!this.asking && this.#beyondNext !== undefined && this.#empty >= EMPTY_MAX);
  readonly hits = $derived([...this.here, ...this.there]);
  /** Lines before the first message. */
  readonly names = $derived(this.people.length + this.conversations.length);
  readonly count = $derived(this.names + this.hits.length);
  readonly hit = $derived(this.hits[this.chosen - this.names]);
  readonly filters = $derived((this.page?.parts ?? []).filter((part) => part.filter !== null));
  /** Without words nothing is better than the rest. */
  readonly hasWords = $derived((this.page?.parts ?? []).some(({ filter, without, text }) => filter === null && !without && text !== ''));
  /** It says which conversations are looked through. */
  readonly looksIn = $derived(this.filters.some(({ filter, without, names }) => filter === 'in' && !without && names.length > 0));
  /** It leads to one message: there is nothing to search for. */
  readonly link = $derived(isMessageLink(this.query));

  readonly #look = debounce(() => void this.find(), TYPING_MS);
  readonly #ask = debounce(() => void this.look(), ASKING_MS);
  readonly #askMissing = debounce(() => void this.#findMissing(), ASKING_MS);

  /** The letters have changed. */
  typed(): void {
    view.search.query = this.query;
    this.#look();
  }

  /** The page is left: what comes late is for nobody. */
  end(): void {
    this.#look.cancel();
    this.#ask.cancel();
    this.#askMissing.cancel();
    this.#turn += 1;
  }

  async find(): Promise<void> {
    const mine = (this.#turn += 1);
    const asked = this.query;
    view.search.query = asked;
    this.#askMissing.cancel();
    this.#leaveBeyond();
    if (!asked.trim() || this.link) {
      this.page = null;
      this.missing = null;
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
      this.#beyondNext = found.incomplete > 0 ? null : undefined;
      this.onfound();
      if (found.next === null) this.#ask();
      this.#lookForMissing(found);
    } catch (error) {
      if (mine === this.#turn) this.problem = asProblem(error);
    }
  }

  /** It follows from the filters alone: what is known of the same ones stays until the answer comes. Where everything is here there is nothing to ask. */
  #lookForMissing(found: SearchPage): void {
    const filters = JSON.stringify(found.parts.flatMap(({ filter, text, without }) => (filter === null ? [] : [[filter, text, without]])));
    if (filters !== this.#missingOf || found.incomplete === 0) this.missing = null;
    this.#missingOf = filters;
    if (found.incomplete > 0) this.#askMissing();
  }

  async #findMissing(): Promise<void> {
    const mine = this.#turn;
    try {
      const missing = await call('find_missing', { query: this.#answered });
      if (mine === this.#turn) this.missing = missing;
    } catch (error) {
      if (mine === this.#turn) [this.missing, this.problem] = [null, asProblem(error)];
    }
  }

  /** Fetches what is missing, and searches again. What is in the way, if anything is. */
  async fill(): Promise<Problem | null> {
    const conversations = this.missing?.conversations.map(({ conversation }) => conversation) ?? [];
    if (this.filling || conversations.length === 0) return null;
    const asked = this.query;
    this.filling = true;
    try {
      await call('fetch_missing', { conversations });
      return null;
    } catch (error) {
      return asProblem(error);
    } finally {
      this.filling = false;
      // Some of it may have come.
      if (this.query === asked) void this.find();
    }
  }

  #leaveBeyond(): void {
    this.#ask.cancel();
    this.beyond = [];
    this.#empty = 0;
    this.unasked = null;
    this.asking = false;
    this.#beyondNext = undefined;
  }

  /** Asks the server for what is not here, once all that is here has been found. */
  async look(): Promise<void> {
    const after = this.#beyondNext;
    if (after === undefined || this.asking) return;
    const mine = this.#turn;
    if (this.#empty >= EMPTY_MAX) this.#empty = 0;
    this.asking = true;
    try {
      const found = await call('search_further', { query: this.#answered, after });
      if (mine !== this.#turn) return;
      const known = new Set(this.beyond.map(({ message }) => message));
      this.beyond = [...this.beyond, ...found.hits.filter(({ message }) => !known.has(message))];
      this.unasked = found.problem && worded(found.problem);
      this.#empty = found.hits.length > 0 ? 0 : this.#empty + 1;
      this.#beyondNext = found.problem ? after : (found.next ?? undefined);
    } catch (error) {
      if (mine === this.#turn) this.unasked = asProblem(error);
    } finally {
      if (mine === this.#turn) this.asking = false;
    }
    // Thousands of messages were looked through without a hit: there may be one in the next.
    if (mine === this.#turn && !this.unasked && this.#empty > 0 && this.#empty < EMPTY_MAX) await this.look();
  }

  /** Whether the place of a hit is not here. */
  isFar(hit: SearchHit): boolean {
    return this.there.includes(hit) && !this.#fetched.has(hit.message);
  }

  /** So that a hit can be shown in its place: one that is not here is fetched with what is around it. What is in the way, if anything is. */
  bring(hit: SearchHit): Promise<Problem | null> {
    if (!this.isFar(hit)) return Promise.resolve(null);
    const running = this.#bringing.get(hit.message) ?? this.#fetch(hit).finally(() => this.#bringing.delete(hit.message));
    this.#bringing.set(hit.message, running);
    return running;
  }

  async #fetch({ message, conversation, at }: SearchHit): Promise<Problem | null> {
    try {
      const { sure, problem } = await call('find_date', { conversation, at, asides: true });
      if (sure) this.#fetched.add(message);
      return sure ? null : problem && worded(problem);
    } catch (error) {
      return asProblem(error);
    }
  }

  async more(): Promise<void> {
    if (this.page && this.page.next === null && !this.unasked) return this.look();
    if (!this.page?.next || this.#fetching) return;
    this.#fetching = true;
    const mine = this.#turn;
    try {
      const next = await call('search', { query: this.#answered, order: view.search_order, after: this.page.next });
      if (mine !== this.#turn || !this.page) return;
      // What has come meanwhile may have moved the best.
      const known = new Set(this.page.hits.map(({ message }) => message));
      this.page = { ...this.page, hits: [...this.page.hits, ...next.hits.filter(({ message }) => !known.has(message))], next: next.next };
      if (next.next === null) this.#ask();
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
