/** The fake's stars, pins, collections and hidden messages, as the server would keep them. */
import type { Commands } from '../commands';
import type { MarkedView } from '../types';
import { collectionHandlers } from './collections';
import type { CollectionNames } from './collections';
import type { Fake } from './fake';
import { markedIn, starOf } from './marks';
import type { MarkOf } from './marks';
import { ME } from './model';
import type { Conversation, Message } from './model';
import { allOf } from './threads';

type Names = CollectionNames | 'star' | 'hide_message' | 'list_starred' | 'list_starred_in' | 'pin_message' | 'list_pins';

export function markedHandlers(fake: Fake): Pick<Commands, Names> {
  const marked = (conversations: Conversation[], markOf: MarkOf) => markedIn(fake, conversations, markOf);
  const firstOf = (items: MarkedView[], limit: number) => ({ items: items.slice(0, limit), more: items.length >= limit });

  function find(conversation: string, id: string): Message | undefined {
    return allOf(fake.find(conversation)).find((message) => message.id === id);
  }

  return {
    ...collectionHandlers(fake),
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
    list_starred: ({ limit }) => firstOf(marked(fake.conversations, starOf), limit),
    list_starred_in: ({ conversation, limit }) => firstOf(marked([fake.find(conversation)], starOf), limit),
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
