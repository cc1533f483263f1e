/** The fake's stars, pins and hidden messages, as the server would keep them. */
import type { Commands } from '../commands';
import type { MarkedView, SaidView } from '../types';
import type { Fake } from './fake';
import { plainOf } from './formatted';
import { ME, isKnown, textOf } from './model';
import type { Conversation, Message } from './model';

type Names = 'star' | 'hide_message' | 'list_starred' | 'pin_message' | 'list_pins';

export function markedHandlers(fake: Fake): Pick<Commands, Names> {
  const person = (user: string) => [ME, ...fake.people].find((someone) => someone.user === user) ?? null;

  function said(message: Message): SaidView {
    const blocked = fake.friends.blocked.some(({ user }) => user === message.sender);
    const text = blocked ? '' : plainOf(textOf(message.content));
    return { sender: person(message.sender), mine: message.sender === ME.user, blocked, text, at: message.at };
  }

  /** The messages with a mark, the newest mark first. */
  function marked(conversations: Conversation[], markOf: (message: Message) => { at: number; by: string | null } | undefined): MarkedView[] {
    const all = conversations.flatMap((conversation) =>
      conversation.messages.flatMap((message): MarkedView[] => {
        const mark = message.content.kind === 'deleted' || message.hidden ? undefined : markOf(message);
        if (!mark) return [];
        const here = isKnown(conversation, message.pos) ? said(message) : null;
        const by = mark.by === null ? null : person(mark.by);
        return [{ message: message.id, conversation: conversation.id, name: conversation.name, at: mark.at, by, said: here }];
      }),
    );
    return all.sort((one, other) => other.at - one.at);
  }

  function find(conversation: string, id: string): Message | undefined {
    return fake.find(conversation).messages.find((message) => message.id === id);
  }

  return {
    star: ({ conversation, message, on }) => {
      const found = find(conversation, message);
      if (found) found.starred_at = on ? fake.now() : null;
      fake.changed(conversation);
      return null;
    },
    hide_message: ({ conversation, message, on }) => {
      const found = find(conversation, message);
      if (found) found.hidden = on;
      fake.changed(conversation);
      return null;
    },
    list_starred: ({ limit }) => {
      const items = marked(fake.conversations, ({ starred_at }) => (starred_at == null ? undefined : { at: starred_at, by: null }));
      return { items: items.slice(0, limit), more: items.length >= limit };
    },
    pin_message: ({ conversation, message, on }) => {
      const found = find(conversation, message);
      if (found) found.pin = on ? { at: fake.now(), by: ME.user } : null;
      fake.changed(conversation);
      return null;
    },
    list_pins: ({ conversation }) => {
      const found = fake.find(conversation);
      const home = fake.groups.find(({ id }) => id === found.home);
      const may = found.kind !== 'channel' || home?.role === 'owner' || home?.role === 'admin';
      return { items: marked([found], ({ pin }) => pin ?? undefined), may };
    },
  };
}
