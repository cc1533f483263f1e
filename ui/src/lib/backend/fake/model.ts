/** The fake's world as data. It keeps the shapes of the real one: places, known intervals, an outbox, drafts. */
import type { Content, ConversationItem, Delivery, GroupView, MessageView, OutboxItem, PersonView } from '../types';
import { asItCame, isArchived } from './arrange';
import type { Arranged } from './arrange';
import { contentOf, introduce, lead, plainOf } from './formatted';
import { kindOf } from './kinds';
import { reactionsOf } from './reactions';
import { quoteIn } from './quotes';
import { asidesOf, threadOf } from './threads';
import type { Under } from './threads';

export interface Message {
  id: string;
  pos: number;
  sender: string;
  content: Content;
  at: number;
  edited?: boolean;
  /** Who has put what on it, by emoji. */
  reactions?: Map<string, string[]>;
  starred_at?: number | null;
  /** By me, for me. */
  hidden?: boolean;
  pin?: { at: number; by: string } | null;
  /** What it said before, the oldest first, and since when. */
  earlier?: { text: string; at: number }[];
  edited_at?: number;
  reply_to?: string | null;
  forwarded?: boolean;
  /** What is said under it. */
  under?: Under;
  /** Under what it is said. */
  thread_root?: string;
}

/** When everything in the fake was made that says when it was. */
export const MADE_AT = new Date(2026, 4, 3, 12).getTime();

export interface Conversation {
  id: string;
  kind: ConversationItem['kind'];
  name: string;
  topic: string;
  /** Of a channel: the id of its group. */
  home: string | null;
  private: boolean;
  /** What somebody has chosen for it to look like. */
  picture?: string | null;
  peer: PersonView | null;
  /** Dense: the message at place `pos` is `messages[pos - 1]`. */
  messages: Message[];
  /** What is on this computer, as inclusive intervals; the last one is open to later messages. */
  known: [number, number][];
  read_pos: number;
  /** Unread messages that name me. */
  mentions: number;
  /** How far each of the others has it, and has read it. */
  reached: Map<string, { delivered: number; read: number; at: number }>;
  /** Older messages were removed by the server's policy. */
  removed: boolean;
  draft: string | null;
  draft_reply?: string | null;
  arranged: Arranged;
  /** Whether who comes sees what was said before; so it is where nobody said otherwise. */
  shared_history?: boolean;
}

export const ME: PersonView = introduce({ user: 'u-elin', username: 'elin.brandt', name: 'Elin Brandt' });

let next = 1;
export const freshId = (kind: string) => `${kind}-${String((next += 1)).padStart(6, '0')}`;

export function person(username: string, name: string): PersonView {
  return introduce({ user: `u-${username}`, username, name });
}

export function direct(peer: PersonView): Conversation {
  return { id: `c-${peer.username}`, kind: 'direct', name: peer.name, topic: '', home: null, private: false, peer, messages: [], known: [[1, Infinity]], read_pos: 0, mentions: 0, reached: new Map(), removed: false, draft: null, arranged: asItCame() };
}

export function group(id: string, name: string, topic = ''): Conversation {
  return { id: `c-${id}`, kind: 'group', name, topic, home: null, private: false, peer: null, messages: [], known: [[1, Infinity]], read_pos: 0, mentions: 0, reached: new Map(), removed: false, draft: null, arranged: asItCame() };
}

export function channel(home: string, id: string, name: string, topic = ''): Conversation {
  lead(name, `c-${id}`);
  return { ...group(id, name, topic), kind: 'channel', home };
}

export function add(conversation: Conversation, sender: string, text: string, at: number): Message {
  const message: Message = { id: freshId('m'), pos: conversation.messages.length + 1, sender, content: contentOf(text), at };
  conversation.messages.push(message);
  return message;
}

export function isKnown(conversation: Conversation, pos: number): boolean {
  return pos >= 1 && pos <= conversation.messages.length && conversation.known.some(([from, to]) => pos >= from && pos <= to);
}

export function isWhole(conversation: Conversation): boolean {
  return conversation.known.length === 1 && conversation.known[0]?.[0] === 1;
}

export function unreadOf(conversation: Conversation, blocked: string[]): number {
  const counts = ({ sender, content }: Message) => sender !== ME.user && content.kind !== 'system' && !blocked.includes(sender);
  return conversation.messages.filter((message) => message.pos > conversation.read_pos && counts(message)).length;
}

export function textOf(content: Content): string {
  return content.kind === 'text' ? content.text : '';
}

/** How far a message of mine is: all of the others count who have said anything. */
export function deliveryOf(conversation: Conversation, pos: number): Delivery {
  const others = [...conversation.reached.values()];
  if (others.length === 0) return { kind: 'sent' };
  if (others.every(({ read }) => read >= pos)) return { kind: 'read' };
  return { kind: others.every(({ delivered }) => delivered >= pos) ? 'delivered' : 'sent' };
}

/** A message with what waits in the outbox laid over it, as the replica shows it. */
export function viewOf(conversation: Conversation, message: Message, names: Map<string, string>, outbox: OutboxItem[], blocked: string[]): MessageView {
  const mine = message.sender === ME.user;
  const change = outbox.findLast((item) => item.message === message.id && isChange(item));
  const refused = change?.state.kind === 'failed';
  const laid: Content = !change || refused ? message.content : change.text === null ? { kind: 'deleted' } : contentOf(change.text);
  return {
    id: message.id,
    pos: message.pos,
    sender: message.sender,
    sender_name: names.get(message.sender) ?? '?',
    mine,
    blocked: blocked.includes(message.sender),
    content: laid,
    kind: kindOf(laid),
    forwarded: laid.kind !== 'deleted' && message.forwarded === true,
    starred: laid.kind !== 'deleted' && message.starred_at != null,
    pinned: laid.kind !== 'deleted' && message.pin != null,
    quote: laid.kind === 'deleted' ? null : quoteIn(conversation, message.reply_to, { names, outbox, blocked }),
    at: message.at,
    state: !mine || laid.kind === 'system' ? null : change && !refused ? change.state : deliveryOf(conversation, message.pos),
    edited: message.edited === true || (change !== undefined && !refused && change.text !== null),
    change: change ? { id: change.id, text: change.text, state: change.state } : null,
    ...reactionsOf(message, names, outbox, blocked),
    ...threadOf(message, names, blocked),
    ...(message.thread_root === undefined ? {} : { thread_root: message.thread_root }),
  };
}

function isChange({ what }: OutboxItem): boolean {
  return what === 'edit_message' || what === 'delete_message';
}

/** An entry of the outbox, with what most of them do not have left out. */
export function entry(some: Partial<OutboxItem> & Pick<OutboxItem, 'what' | 'since_local'>): OutboxItem {
  return {
    id: freshId('m'),
    conversation: null,
    conversation_name: '',
    text: null,
    quote: null,
    message: null,
    message_text: null,
    name: null,
    people: [],
    tries: 0,
    state: { kind: 'queued' },
    wait: null,
    ...some,
  };
}

/** A message that is only here. */
export function isMessage(item: OutboxItem): boolean {
  return item.what === 'send_message' || item.what === 'forward_message';
}

/** The local echo: an item of the outbox as the message that it will be. */
export function echoOf(item: OutboxItem): MessageView {
  return {
    id: item.id,
    pos: null,
    sender: ME.user,
    sender_name: ME.name,
    mine: true,
    blocked: false,
    content: contentOf(item.text ?? ''),
    kind: kindOf(contentOf(item.text ?? '')),
    forwarded: item.what === 'forward_message',
    starred: false,
    pinned: false,
    quote: item.quote,
    at: item.since_local,
    state: item.state,
    edited: false,
    change: null,
  };
}

export function lineOf(conversation: Conversation, outbox: OutboxItem[], names: Map<string, string>, groups: GroupView[], blocked: string[]): ConversationItem {
  const { id, kind, name, topic, peer, draft } = conversation;
  const home = groups.find((known) => known.id === conversation.home);
  const waiting = outbox.findLast((item) => item.conversation === id && isMessage(item));
  const last = conversation.messages.findLast(({ content, hidden }) => content.kind !== 'system' && hidden !== true);
  const line: ConversationItem['last'] = waiting
    ? { sender: null, text: plainOf(waiting.text ?? ''), blocked: false, at: waiting.since_local, state: waiting.state }
    : last
      ? {
          sender: last.sender === ME.user ? null : (names.get(last.sender)?.split(' ')[0] ?? '?'),
          text: blocked.includes(last.sender) ? '' : plainOf(textOf(last.content)),
          blocked: blocked.includes(last.sender),
          at: last.at,
          state: last.sender === ME.user ? deliveryOf(conversation, last.pos) : null,
        }
      : null;
  return {
    id,
    kind,
    name,
    group: home ? { id: home.id, name: home.name, picture: home.picture } : null,
    private: conversation.private,
    picture: conversation.picture ?? null,
    topic,
    peer,
    last: line,
    unread: Math.min(1_000, unreadOf(conversation, blocked)),
    mentions: Math.min(conversation.mentions, unreadOf(conversation, blocked)),
    ...asidesOf(conversation.messages, blocked),
    draft,
    draft_quote: quoteIn(conversation, conversation.draft_reply, { names, outbox, blocked }),
    complete: isWhole(conversation),
    pinned: conversation.arranged.pinned_at !== null,
    archived: isArchived(conversation),
    muted_until: conversation.arranged.muted_until,
    level: conversation.arranged.level,
  };
}
