/** The open window of a conversation: asks for pages, joins them, keeps the unread line. It knows nothing of the DOM. */
import { asProblem, call } from '../../lib/backend';
import type { At, Problem, TimelinePage } from '../../lib/backend';
import { coalesce } from '../../lib/coalesce';
import { ROWS_MAX, append, firstPos, fromPage, lastPos, prepend, reconcile } from './pages';
import type { Window } from './pages';
import type { UnreadLine } from './rows';
import type { Still } from './sought';

/** Pages that one refresh asks for at most; the window never holds more than these. */
const ROUNDS_MAX = 8;
const REST_MS = 30;

/** Puts a change on the screen without moving what is looked at. */
export type Swap = (change: () => void) => Promise<void>;

export interface Hooks {
  swap: Swap;
  /** True when new messages may push the old ones up. */
  follows: () => boolean;
}

export class TimelineWindow {
  window = $state.raw<Window | null>(null);
  line = $state.raw<UnreadLine | null>(null);
  problem = $state<Problem | null>(null);
  readonly conversation: string;
  readonly #hooks: Hooks;
  /** One thing at a time: a page, a refresh and a jump would mix otherwise. */
  #turn: Promise<unknown> = Promise.resolve();
  #extending = false;

  constructor(conversation: string, hooks: Hooks) {
    this.conversation = conversation;
    this.#hooks = hooks;
  }

  refresh = coalesce(() => this.#inTurn(() => this.#refresh()), REST_MS);

  #ask(at: At): Promise<TimelinePage> {
    return call('open_timeline', { conversation: this.conversation, at });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Opens at a place. False when it is not there, or is not wished for any more; then nothing changes. */
  open(at: At, still: Still = () => true): Promise<boolean> {
    return this.#inTurn(async () => {
      try {
        const page = await this.#ask(at);
        if (!still()) return false;
        if (at.kind === 'message' && !page.messages.some((message) => message.id === at.id)) return false;
        if (!this.window) this.line = lineOf(page);
        this.window = fromPage(page);
        this.problem = null;
        return true;
      } catch (error) {
        const problem = asProblem(error);
        if (at.kind === 'message' && problem.code === 'not_found') return false;
        if (this.window) throw error;
        this.problem = problem;
        return false;
      }
    });
  }

  /** The next page before (-1) or after (1). False when there was none to take. */
  async extend(direction: -1 | 1): Promise<boolean> {
    const window = this.window;
    if (!window || this.#extending || (direction < 0 ? window.before : window.after) !== 'more') return false;
    this.#extending = true;
    try {
      return await this.#inTurn(async () => {
        const now = this.window;
        const pos = now && (direction < 0 ? firstPos(now) : lastPos(now.messages));
        if (!now || pos == null) return false;
        const page = await this.#ask(direction < 0 ? { kind: 'before', pos } : { kind: 'after', pos });
        const next = direction < 0 ? prepend(now, page) : append(now, page);
        await this.#hooks.swap(() => (this.window = next));
        return true;
      });
    } finally {
      this.#extending = false;
    }
  }

  /** Opens at the first unread message. False when there is none, or it is not wished for any more. */
  toUnread(still: Still): Promise<boolean> {
    return this.#inTurn(async () => {
      const page = await this.#ask({ kind: 'unread' });
      if (page.unread === 0 || !still()) return false;
      this.line = lineOf(page);
      this.window = fromPage(page);
      return true;
    });
  }

  /** Forgets the unread line: something of mine stands below it now. */
  clearLine(): void {
    this.line = null;
  }

  async #refresh(): Promise<void> {
    const old = this.window;
    if (!old) return;
    const next = await this.#readAgain(old).catch((error: unknown) => {
      // It is not mine to see any more: whoever shows the window takes it away.
      if (asProblem(error).code !== 'not_found') throw error;
    });
    if (!next) return;
    const merged = reconcile(old, next);
    await this.#hooks.swap(() => {
      this.#moveLine(old, merged);
      this.window = merged;
    });
  }

  /** The whole window once more, page by page from its first row: anything in it may have changed. */
  async #readAgain(old: Window): Promise<Window> {
    const first = firstPos(old);
    if (first === null) return fromPage(await this.#ask({ kind: 'end' }));
    const atEnd = old.after === 'end';
    const until = lastPos(old.messages) ?? first;
    // What lies before the first row is a hole perhaps: then it is kept as it is and the rest is read after it.
    const keep = old.before === 'gap' ? old.messages.slice(0, 1) : [];
    let next: Window = { ...old, messages: keep };
    let from = keep.length > 0 ? first : first - 1;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const page = await this.#ask({ kind: 'after', pos: from });
      const { after, read_pos, unread, removed } = page;
      next = { ...next, messages: [...next.messages, ...page.messages], after, read_pos, unread, removed };
      const reached = lastPos(page.messages);
      if (reached === null || page.after !== 'more' || (!atEnd && reached >= until)) break;
      from = reached;
    }
    if (!atEnd) next = cutAfter(next, until);
    else if (next.messages.length > ROWS_MAX) next = this.#fit(next);
    return old.before === 'gap' ? { ...next, before: await this.#gapBefore(first) } : next;
  }

  /** More came than fits: what is looked at decides which end is let go. */
  #fit(window: Window): Window {
    if (this.#hooks.follows()) return { ...window, messages: window.messages.slice(-ROWS_MAX), before: 'more' };
    return { ...window, messages: window.messages.slice(0, ROWS_MAX), after: 'more' };
  }

  /** Has the hole before the window been filled meanwhile? */
  async #gapBefore(pos: number): Promise<Window['before']> {
    const page = await this.#ask({ kind: 'before', pos });
    return page.messages.length > 0 ? 'more' : page.before;
  }

  /** A line appears when something arrives that is not being looked at, or is marked as unread; it stays until one leaves. */
  #moveLine(old: Window, next: Window): void {
    if (next.read_pos < old.read_pos) this.line = lineOf(next);
    else if (this.line) {
      if (this.line.after === next.read_pos) this.line = { after: this.line.after, count: Math.max(this.line.count, next.unread) };
    } else if (next.unread > 0 && !this.#hooks.follows()) this.line = lineOf(next);
  }
}

function lineOf(page: { read_pos: number; unread: number }): UnreadLine | null {
  return page.unread > 0 ? { after: page.read_pos, count: page.unread } : null;
}

function cutAfter(window: Window, until: number): Window {
  const messages = window.messages.filter((message) => message.pos !== null && message.pos <= until);
  const cut = messages.length < window.messages.length;
  return cut ? { ...window, messages, after: 'more' } : window;
}
