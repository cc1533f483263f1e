/** The fake's search: everything in memory, read anew for each letter. */
import type { Commands } from '../commands';
import type { Period, Problem, QueryPartView, SearchHit, SnippetPart, SuggestionView } from '../types';
import { holesOf } from './coverage';
import type { Fake } from './fake';
import { plainOf } from './formatted';
import { kindOf } from './kinds';
import { ME, isKnown, isWhole, textOf } from './model';
import type { Conversation, Message } from './model';
import { VALUES, isCalled, isoOf, piecesOf } from './query';
import type { Piece } from './query';

const PAGE = 40;
/** Names above the hits, and suggestions of a kind. */
const NAMES = 5;
const SUGGESTED = 8;
const OFFLINE: Problem = { code: 'offline', message: 'This needs the server, and it cannot be reached now. Try again when you are back online.' };

export function searchHandlers(fake: Fake, names: () => Map<string, string>): Pick<Commands, 'search' | 'search_further' | 'find_missing' | 'suggest_filters'> {
  const people = () => [ME, ...fake.people];

  function pieces(query: string): Piece[] {
    return piecesOf(query, { people: people(), me: ME.user, lines: fake.lines('all'), now: fake.now() });
  }

  function holds(conversation: Conversation, message: Message, text: string, piece: Piece): boolean {
    const day = isoOf(message.at);
    switch (piece.filter) {
      case null:
        return text.toLowerCase().includes(piece.text.toLowerCase());
      case 'from':
        return piece.ids.includes(message.sender);
      case 'in':
        return piece.ids.includes(conversation.id);
      case 'before':
        return day < (piece.day ?? '');
      case 'after':
        return day > (piece.day ?? '');
      case 'on':
        return day === piece.day;
      default: {
        const word = piece.text.toLowerCase();
        return marks(conversation, message, text)[piece.filter === 'is' && word === 'link' ? 'alone' : word] ?? false;
      }
    }
  }

  function marks(conversation: Conversation, message: Message, text: string): Record<string, boolean> {
    return {
      link: text.includes('https://'),
      alone: kindOf(message.content) === 'link',
      reaction: [...(message.reactions?.values() ?? [])].some((users) => users.length > 0),
      starred: message.starred_at != null,
      pinned: message.pin != null,
      unread: message.sender !== ME.user && message.pos > conversation.read_pos,
      me: text.includes(`@${ME.username}`),
    };
  }

  /** Those that are on this computer, or those that are not. */
  function hitsOf(all: Piece[], here: boolean): SearchHit[] {
    const asked = all.filter(({ unfinished, problem, text }) => !unfinished && text && (problem === null || problem === 'nobody' || problem === 'no_conversation'));
    if (asked.length === 0) return [];
    const words = asked.filter(({ filter, without }) => filter === null && !without).map(({ text }) => text);
    const blocked = fake.friends.blocked.map(({ user }) => user);
    const hits: SearchHit[] = [];
    for (const conversation of fake.conversations) {
      for (const message of conversation.messages) {
        const text = plainOf(textOf(message.content));
        if (!text || message.hidden || blocked.includes(message.sender) || isKnown(conversation, message.pos) !== here) continue;
        if (!asked.every((piece) => holds(conversation, message, text, piece) !== piece.without)) continue;
        hits.push({
          message: message.id,
          conversation: conversation.id,
          conversation_name: conversation.name,
          sender: message.sender,
          sender_name: names().get(message.sender) ?? '?',
          at: message.at,
          snippet: snippetOf(text, words),
        });
      }
    }
    return hits.sort((a, b) => b.at - a.at);
  }

  return {
    search: ({ query, order, after }) => {
      const all = pieces(query);
      const hits = hitsOf(all, true);
      const length = ({ snippet }: SearchHit) => snippet.reduce((sum, { text }) => sum + text.length, 0);
      if (order === 'best') hits.sort((a, b) => length(a) - length(b));
      const from = Number(after ?? 0);
      const plain = all.length > 0 && after === null && all.every(({ filter, without }) => filter === null && !without);
      const wanted = all.map(({ text }) => text).join(' ');
      const lines = plain ? fake.lines('all').filter(({ name, topic }) => isCalled(name, wanted) || isCalled(topic, wanted)) : [];
      const there = lines.map(({ peer }) => peer?.user);
      const others = fake.people.filter(({ user, name, username }) => plain && !there.includes(user) && isCalled(`${name} ${username}`, wanted));
      return {
        hits: hits.slice(from, from + PAGE),
        people: others.slice(0, NAMES),
        conversations: lines.slice(0, NAMES),
        parts: all.map(({ ids: _, ...part }): QueryPartView => part),
        searched: fake.conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0),
        incomplete: fake.conversations.filter((conversation) => !isWhole(conversation)).length,
        next: from + PAGE < hits.length ? String(from + PAGE) : null,
      };
    },
    search_further: ({ query, after }) => {
      const hits = hitsOf(pieces(query), false);
      if (hits.length > 0 && fake.connection.kind === 'offline') return { hits: [], next: after, problem: OFFLINE };
      const from = Number(after ?? 0);
      return { hits: hits.slice(from, from + PAGE), next: from + PAGE < hits.length ? String(from + PAGE) : null, problem: null };
    },
    find_missing: ({ query }) => {
      const among = pieces(query).filter(({ filter, without, ids }) => filter === 'in' && !without && ids.length > 0);
      const looked = fake.conversations.filter(({ id }) => among.every(({ ids }) => ids.includes(id)) && holesOf(fake.find(id)).length > 0);
      const found = looked.map((of) => ({ conversation: of.id, name: of.name, holes: holesOf(of) }));
      const end = ({ holes }: { holes: Period[] }) => holes[0]?.to ?? Infinity;
      const conversations = found.toSorted((a, b) => end(b) - end(a));
      return { incomplete: found.length, since: conversations[0]?.holes[0]?.to ?? null, conversations: conversations.slice(0, NAMES) };
    },
    suggest_filters: ({ query, caret }) => {
      const piece = pieces(query).find(({ from, to, filter }) => filter !== null && from < caret && caret <= to);
      if (!piece?.filter) return { from: caret, to: caret, items: [] };
      const { filter } = piece;
      const item = (value: string, some: Partial<SuggestionView> = {}): SuggestionView => ({
        text: `${piece.without ? '-' : ''}${filter}:${value} `,
        filter,
        word: null,
        person: null,
        conversation: null,
        ...some,
      });
      const typed = piece.text.replace(/^@/, '');
      const items = VALUES[filter].filter((word) => word.startsWith(piece.text.toLowerCase())).map((word) => item(word, { word }));
      if (filter === 'from') {
        const found = fake.people.filter(({ name, username }) => isCalled(`${name} ${username}`, typed));
        items.push(...found.map((person) => item(`@${person.username}`, { person })));
      }
      if (filter === 'in') {
        const found = fake.lines('all').filter(({ name }) => isCalled(name, typed));
        const value = (name: string) => (/\s/.test(name) ? `"${name}"` : name);
        items.push(...found.map((line) => item(line.peer ? `@${line.peer.username}` : value(line.name), { conversation: line })));
      }
      return { from: piece.from, to: piece.to, items: items.slice(0, SUGGESTED) };
    },
  };
}

function snippetOf(text: string, words: string[]): SnippetPart[] {
  if (words.length === 0) return [{ text, hit: false }];
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const lower = words.map((word) => word.toLowerCase());
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'gi'))
    .filter(Boolean)
    .map((part) => ({ text: part, hit: lower.includes(part.toLowerCase()) }));
}
