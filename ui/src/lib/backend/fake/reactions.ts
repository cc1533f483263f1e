/** What people put on messages, as the replica would show it. */
import type { Commands } from '../commands';
import type { OutboxItem, ReactionView } from '../types';
import type { Fake } from './fake';
import { ME, entry, textOf } from './model';
import type { Message } from './model';
import { allOf } from './threads';

/** Names that come with a message. */
const NAMES_MAX = 3;

/** Who has what, with what waits laid over it. */
function laid(message: Message, outbox: OutboxItem[], blocked: string[]): Map<string, string[]> {
  const shown = new Map([...(message.reactions ?? [])].map(([emoji, people]) => [emoji, people.filter((user) => !blocked.includes(user))]));
  for (const { what, message: of, name, state } of outbox) {
    if (of !== message.id || name === null || state.kind === 'failed') continue;
    const others = (shown.get(name) ?? []).filter((user) => user !== ME.user);
    if (what === 'react') shown.set(name, [...others, ME.user]);
    else if (what === 'take_reaction_back') shown.set(name, others);
  }
  return new Map([...shown].filter(([, people]) => people.length > 0));
}

export function reactionsOf(message: Message, names: Map<string, string>, outbox: OutboxItem[], blocked: string[]): { reactions?: ReactionView[] } {
  const shown = [...laid(message, outbox, blocked)].map(([emoji, people]) => {
    const others = people.filter((user) => user !== ME.user);
    return { emoji, count: people.length, mine: others.length < people.length, who: others.slice(0, NAMES_MAX).map((user) => names.get(user) ?? '?') };
  });
  return shown.length > 0 ? { reactions: shown } : {};
}

export function reactionHandlers(fake: Fake, send: (item: OutboxItem) => void, person: (user: string) => { user: string; username: string; name: string }): Pick<Commands, 'react' | 'list_reactions'> {
  const find = (conversation: string, message: string) => allOf(fake.find(conversation)).find(({ id }) => id === message);
  return {
    react: ({ conversation, message, emoji, on }) => {
      const found = find(conversation, message);
      if (!found) return null;
      // What has not gone out is forgotten when it is decided otherwise.
      fake.outbox = fake.outbox.filter((item) => item.message !== message || item.name !== emoji || (item.state.kind !== 'queued' && item.state.kind !== 'failed'));
      const has = laid(found, fake.outbox, []).get(emoji)?.includes(ME.user) ?? false;
      if (has !== on) {
        const message_text = textOf(found.content) || null;
        const what = on ? 'react' : 'take_reaction_back';
        const item = entry({ what, conversation, conversation_name: fake.find(conversation).name, message, message_text, name: emoji, since_local: fake.now() });
        fake.outbox.push(item);
        send(item);
      }
      fake.changed(conversation);
      return null;
    },
    list_reactions: ({ conversation, message }) => {
      const found = find(conversation, message);
      return found ? [...laid(found, fake.outbox, [])].map(([emoji, people]) => ({ emoji, people: people.map(person) })) : [];
    },
  };
}

/** The server has it, if it is one. */
export function settled(found: Message, { what, name }: OutboxItem): boolean {
  if (name === null || (what !== 'react' && what !== 'take_reaction_back')) return false;
  found.reactions ??= new Map();
  const others = (found.reactions.get(name) ?? []).filter((user) => user !== ME.user);
  found.reactions.set(name, what === 'react' ? [...others, ME.user] : others);
  return true;
}
