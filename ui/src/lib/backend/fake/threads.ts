/** The fake's threads: what is said under a message, as the server would keep it. */
import type { Commands } from '../commands';
import type { FollowedThreadView, QuoteView, ThreadView } from '../types';
import type { Fake } from './fake';
import { contentOf } from './formatted';
import { saidOf } from './marks';
import { ME, add, freshId, isKnown, viewOf } from './model';
import type { Conversation, Message } from './model';
import { quoteIn } from './quotes';
import { NOTHING } from './reading';

/** What is said under a message, and how I stand to that. */
export interface Under {
  messages: Message[];
  following: boolean;
  /** So many of them I have read. */
  read: number;
  /** What is being written in it, and what that is to answer. */
  draft?: { text: string; reply_to: string | null };
}

/** Faces that a root shows. */
const FACES_MAX = 3;

/** The messages of a conversation, and those that stand in a thread alone. */
export function allOf({ messages }: Conversation): Message[] {
  return messages.flatMap((message) => [message, ...(message.under?.messages ?? []).filter((one) => !messages.includes(one))]);
}

function unreadOf(under: Under, blocked: string[]): number {
  return under.following ? under.messages.slice(under.read).filter(({ sender }) => sender !== ME.user && !blocked.includes(sender)).length : 0;
}

/** Of all threads of a conversation; left out where there is nothing new in one. */
export function asidesOf(messages: Message[], blocked: string[]): { asides?: number } {
  const asides = messages.reduce((sum, { under }) => sum + (under ? unreadOf(under, blocked) : 0), 0);
  return asides > 0 ? { asides } : {};
}

export function threadOf({ under }: Message, names: Map<string, string>, blocked: string[]): { thread?: ThreadView } {
  const last = under?.messages.at(-1);
  if (!under || !last) return {};
  const people = [...new Set(under.messages.map(({ sender }) => sender).reverse())].slice(0, FACES_MAX);
  const thread = {
    messages: under.messages.length,
    people: people.map((user) => ({ user, username: user, name: names.get(user) ?? '?' })),
    last_at: last.at,
    following: under.following,
    unread: unreadOf(under, blocked),
  };
  return { thread };
}

/** Somebody says something under a message, and the conversation sees it or not. It may answer another one. */
export function sayUnder(fake: Fake, conversation: string, root: string, sender: string, text: string, seen = false, reply_to: string | null = null): string {
  const place = fake.find(conversation);
  const message = place.messages.find(({ id }) => id === root);
  if (!message) throw new Error(`no message ${root}`);
  const under = (message.under ??= { messages: [], following: message.sender === ME.user, read: 0 });
  const said: Message = seen
    ? add(place, sender, text, fake.now())
    : { id: freshId('m'), pos: under.messages.length + 1, sender, content: contentOf(text), at: fake.now() };
  Object.assign(said, { thread_root: root, reply_to });
  under.messages.push(said);
  if (sender === ME.user) under.following = true;
  fake.changed(conversation);
  return said.id;
}

type Names = 'open_thread' | 'say_in_thread' | 'list_threads' | 'follow_thread' | 'read_thread' | 'unread_thread';

export function threadHandlers(fake: Fake): Pick<Commands, Names> {
  const blocked = () => fake.friends.blocked.map(({ user }) => user);
  const names = () => new Map([ME, ...fake.people].map(({ user, name }): [string, string] => [user, name]));

  function find(conversation: string, root: string): Message | undefined {
    // As in the replica, what stands in a thread alone is found as well: it says what it was said under.
    return fake.find(conversation).messages.flatMap((one) => [one, ...(one.under?.messages ?? [])]).find(({ id }) => id === root);
  }

  function draftOf({ draft }: Under, conversation: string): { draft?: string; draft_quote?: QuoteView } {
    const draft_quote = quoteIn(fake.find(conversation), draft?.reply_to, fake.around());
    return { ...(draft?.text ? { draft: draft.text } : {}), ...(draft_quote ? { draft_quote } : {}) };
  }

  function followed(conversation: Conversation): FollowedThreadView[] {
    return conversation.messages.flatMap((message): FollowedThreadView[] => {
      const last = message.under?.messages.at(-1);
      if (!message.under?.following || !last) return [];
      const gone = message.content.kind === 'deleted' || message.hidden === true;
      const said = !gone && isKnown(conversation, message.pos) ? saidOf(fake, message) : null;
      const { messages } = message.under;
      return [{ conversation: conversation.id, name: conversation.name, root: message.id, said, gone, messages: messages.length, last_at: last.at, unread: unreadOf(message.under, blocked()), ...(message.under.draft?.text ? { draft: message.under.draft.text } : {}) }];
    });
  }

  return {
    list_threads: ({ limit }) => {
      const items = fake.conversations.flatMap(followed).sort((one, other) => other.last_at - one.last_at);
      return { items: items.slice(0, limit), more: items.length > limit };
    },
    open_thread: ({ conversation, root }) => {
      const message = find(conversation, root);
      const under = message?.under ?? { messages: [], following: false, read: 0 };
      const view = (one: Message) => viewOf(fake.find(conversation), one, names(), fake.outbox, blocked());
      return {
        conversation,
        thread: root,
        root: message ? view(message) : null,
        messages: under.messages.filter(({ hidden }) => hidden !== true).map(view),
        before: 'end',
        read_pos: under.messages[under.read - 1]?.pos ?? 0,
        following: under.following,
        unread: unreadOf(under, blocked()),
        ...draftOf(under, conversation),
      };
    },
    say_in_thread: ({ conversation, root, text, reply_to, in_conversation }) => {
      const said = sayUnder(fake, conversation, root, ME.user, text, in_conversation, reply_to);
      delete find(conversation, root)?.under?.draft;
      return said;
    },
    follow_thread: ({ conversation, root, on }) => {
      const message = find(conversation, root);
      if (message) {
        const under = (message.under ??= { messages: [], following: false, read: 0 });
        [under.following, under.read] = [on, under.messages.length];
      }
      fake.changed(conversation);
      return null;
    },
    read_thread: ({ conversation, root }) => {
      const under = find(conversation, root)?.under;
      if (under) under.read = under.messages.length;
      fake.changed(conversation);
      return null;
    },
    unread_thread: ({ conversation, root, from }) => {
      const under = find(conversation, root)?.under;
      const all = under?.messages ?? [];
      const first = from === null ? all.findLastIndex(({ sender }) => sender !== ME.user) : from === root ? 0 : all.findIndex(({ id }) => id === from);
      if (!under || first < 0) throw NOTHING;
      if (under.following) under.read = Math.min(under.read, first);
      fake.changed(conversation);
      return null;
    },
  };
}
