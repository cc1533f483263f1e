import type { At, Edge, OutboxItem, ReaderView, TimelinePage } from '../types';
import { ME, echoOf, isKnown, isMessage, unreadOf, viewOf } from './model';
import type { Conversation } from './model';

const PAGE = 60;
const CONTEXT = 20;

/** A timeline page as the replica answers: never across a hole, the outbox only at the end. */
export function pageOf(conversation: Conversation, at: At, outbox: OutboxItem[], names: Map<string, string>, blocked: string[]): TimelinePage {
  const head = conversation.messages.length;
  const [from, to] = rangeOf(conversation, at, head);
  const rows = conversation.messages.slice(from - 1, Math.max(from - 1, to)).filter(({ hidden }) => hidden !== true);
  const messages = rows.map((message) => viewOf(conversation, message, names, outbox, blocked));
  const before = edgeAt(conversation, from - 1, 0);
  const after = edgeAt(conversation, to + 1, head + 1);
  if (after === 'end') messages.push(...outbox.filter((item) => item.conversation === conversation.id && isMessage(item)).map(echoOf));
  return { conversation: conversation.id, messages, before, after, read_pos: conversation.read_pos, unread: unreadOf(conversation, blocked), removed: conversation.removed };
}

function edgeAt(conversation: Conversation, pos: number, end: number): Edge {
  if (end === 0 ? pos <= 0 : pos >= end) return 'end';
  return isKnown(conversation, pos) ? 'more' : 'gap';
}

/** The places of the page, inclusive; `to < from` is an empty one. */
function rangeOf(conversation: Conversation, at: At, head: number): [number, number] {
  const back = (to: number, count: number): number => {
    let from = to + 1;
    while (from > 1 && to - from + 1 < count && isKnown(conversation, from - 1)) from -= 1;
    return from;
  };
  const on = (from: number, count: number): number => {
    let to = from - 1;
    while (to < head && to - from + 1 < count && isKnown(conversation, to + 1)) to += 1;
    return to;
  };
  switch (at.kind) {
    case 'end':
      return [back(head, PAGE), head];
    case 'before':
      return [back(at.pos - 1, PAGE), at.pos - 1];
    case 'after':
      return [at.pos + 1, on(at.pos + 1, PAGE)];
    case 'message': {
      const pos = conversation.messages.find((message) => message.id === at.id)?.pos ?? 0;
      if (!isKnown(conversation, pos)) return [back(head, PAGE), head];
      return [back(pos - 1, PAGE / 2), on(pos, PAGE / 2)];
    }
    case 'unread': {
      const first = conversation.messages.find((message) => message.pos > conversation.read_pos && message.sender !== ME.user && message.content.kind !== 'system');
      if (!first || !isKnown(conversation, first.pos)) return [back(head, PAGE), head];
      return [back(first.pos - 1, CONTEXT), on(first.pos, PAGE - CONTEXT)];
    }
  }
}

/** Those who have read a message, then those who only have it. */
export function readersOf({ messages, reached }: Conversation, message: string, names: Map<string, string>): ReaderView[] {
  const pos = messages.find((other) => other.id === message)?.pos ?? Infinity;
  return [...reached]
    .filter(([, { delivered, read }]) => Math.max(delivered, read) >= pos)
    .map(([user, { read, at }]) => ({ person: { user, username: user, name: names.get(user) ?? '?' }, read_at: read >= pos ? at : null }))
    .sort((a, b) => Number(a.read_at === null) - Number(b.read_at === null));
}
