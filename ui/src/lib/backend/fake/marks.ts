/** What is marked in the fake's world, in the lines that lists show of it. */
import type { MarkedView, SaidView } from '../types';
import type { Fake } from './fake';
import { plainOf } from './formatted';
import { ME, isKnown, textOf } from './model';
import type { Conversation, Message } from './model';

export type MarkOf = (message: Message) => { at: number; by: string | null } | undefined;

const personOf = (fake: Fake, user: string) => [ME, ...fake.people].find((someone) => someone.user === user) ?? null;

/** A message in a line. */
export function saidOf(fake: Fake, message: Message): SaidView {
  const blocked = fake.friends.blocked.some(({ user }) => user === message.sender);
  const text = blocked ? '' : plainOf(textOf(message.content));
  return { sender: personOf(fake, message.sender), mine: message.sender === ME.user, blocked, text, at: message.at };
}

/** The messages with a mark, the newest mark first. */
export function markedIn(fake: Fake, conversations: Conversation[], markOf: MarkOf): MarkedView[] {
  const all = conversations.flatMap((conversation) =>
    conversation.messages.flatMap((message): MarkedView[] => {
      const mark = message.content.kind === 'deleted' || message.hidden ? undefined : markOf(message);
      if (!mark) return [];
      const here = isKnown(conversation, message.pos) ? saidOf(fake, message) : null;
      const by = mark.by === null ? null : personOf(fake, mark.by);
      return [{ message: message.id, conversation: conversation.id, name: conversation.name, at: mark.at, by, said: here }];
    }),
  );
  return all.sort((one, other) => other.at - one.at);
}

/** My star. */
export const starOf: MarkOf = ({ starred_at }) => (starred_at == null ? undefined : { at: starred_at, by: null });
