/** The window of messages as plain data: how pages join it. Nothing here asks, draws or scrolls. */
import type { Edge, MessageView, TimelinePage } from '../../lib/backend';

/** Rows in the page at most: enough for two screens either way, few enough to stay quick. */
export const ROWS_MAX = 240;

export interface Window {
  messages: MessageView[];
  before: Edge;
  after: Edge;
  read_pos: number;
  unread: number;
  /** What was before the first message was removed by the server's policy. */
  removed?: boolean;
}

export function fromPage(page: TimelinePage): Window {
  const { messages, before, after, read_pos, unread, removed } = page;
  return { messages, before, after, read_pos, unread, removed };
}

const placed = (messages: MessageView[]) => messages.filter((message) => message.pos !== null);

/** An edge that promised more and gave nothing: asking again would go on for ever. */
function edge(promised: Edge, fresh: number): Edge {
  return promised === 'more' && fresh === 0 ? 'gap' : promised;
}

export function firstPos(window: Window): number | null {
  return window.messages.find((message) => message.pos !== null)?.pos ?? null;
}

export function lastPos(messages: MessageView[]): number | null {
  return messages.findLast((message) => message.pos !== null)?.pos ?? null;
}

/** `page` lies directly before the window. What no longer fits falls off the end. */
export function prepend(window: Window, page: TimelinePage): Window {
  const known = new Set(window.messages.map((message) => message.id));
  const fresh = placed(page.messages).filter((message) => !known.has(message.id));
  const messages = [...fresh, ...window.messages];
  const { read_pos, unread, removed } = page;
  const before = edge(page.before, fresh.length);
  if (messages.length <= ROWS_MAX) return { messages, before, after: window.after, read_pos, unread, removed };
  // The outbox's messages belong to the very end: they go with it.
  return { messages: placed(messages.slice(0, ROWS_MAX)), before, after: 'more', read_pos, unread, removed };
}

/** `page` lies directly after the window. What no longer fits falls off the beginning. */
export function append(window: Window, page: TimelinePage): Window {
  const fresh = new Set(page.messages.map((message) => message.id));
  const messages = [...placed(window.messages).filter((message) => !fresh.has(message.id)), ...page.messages];
  const { read_pos, unread, removed } = page;
  const after = edge(page.after, page.messages.length);
  if (messages.length <= ROWS_MAX) return { messages, before: window.before, after, read_pos, unread, removed };
  return { messages: messages.slice(-ROWS_MAX), before: 'more', after, read_pos, unread, removed };
}

/** The window read again: messages that did not change stay the same objects, so that nothing is drawn twice. */
export function reconcile(old: Window, next: Window): Window {
  const before = new Map(old.messages.map((message) => [message.id, message]));
  const messages = next.messages.map((message) => {
    const kept = before.get(message.id);
    return kept && same(kept, message) ? kept : message;
  });
  return { ...next, messages };
}

function same(a: MessageView, b: MessageView): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
