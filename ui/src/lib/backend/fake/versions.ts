/** What the fake's messages said before they were edited, and where its links to messages and days lead. */
import type { Commands } from '../commands';
import type { DatePlace, Problem, VersionPart, VersionView, VersionsView } from '../types';
import type { Fake } from './fake';
import { contentOf } from './formatted';
import { isKnown, isWhole, textOf } from './model';
import type { Conversation, Message } from './model';
import { allOf } from './threads';

const OFFLINE: Problem = { code: 'offline', message: 'This needs the server, and it cannot be reached now. Try again when you are back online.' };
const BAD: Problem = { code: 'bad_link', message: 'This is not a link to a message. Ask for it again.' };
const NO_MEMBER: Problem = { code: 'not_a_member', message: 'This message is in a conversation that you are not in. Ask somebody there to take you in.' };
const GONE: Problem = { code: 'message_gone', message: 'This message is no longer there, or is from a time when you were not in the conversation.' };

/** What it said is kept beside it. */
export function edit(message: Message, text: string, at: number): void {
  message.earlier = [...(message.earlier ?? []), { text: textOf(message.content), at: message.edited_at ?? message.at }];
  Object.assign(message, { content: contentOf(text), edited: true, edited_at: at });
}

/** Word by word as far as both begin and end alike: Rust compares the rest as well. */
function compared(before: string, now: string): VersionPart[] {
  const [old, fresh] = [before.split(/(\s+)/), now.split(/(\s+)/)];
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const parts: VersionPart[] = [
    { change: 'kept', text: old.slice(0, start).join('') },
    { change: 'removed', text: old.slice(start, old.length - end).join('') },
    { change: 'added', text: fresh.slice(start, fresh.length - end).join('') },
    { change: 'kept', text: fresh.slice(fresh.length - end).join('') },
  ];
  return parts.filter((part) => part.text !== '');
}

/** Places that are fetched on both sides of one. */
const AROUND = 60;

function dateIn(found: Conversation, at: number, live: boolean): DatePlace {
  const then = found.messages.filter((message) => message.at >= at && message.content.kind !== 'deleted' && message.hidden !== true);
  const [first] = then;
  if (first && live && !isKnown(found, first.pos)) found.known = [...found.known, [Math.max(1, first.pos - AROUND), first.pos + AROUND]];
  const here = then.find((message) => isKnown(found, message.pos));
  const sure = here === first;
  return { message: here?.id ?? null, sure, problem: sure ? null : OFFLINE };
}

export function versionHandlers(fake: Fake): Pick<Commands, 'list_versions' | 'find_message' | 'find_date' | 'open_link'> {
  const looked = new Set<string>();
  return {
    open_link: ({ url }) => {
      if (url.startsWith('hearth://message/')) fake.emit({ kind: 'message_link', link: url });
      return null;
    },
    list_versions: ({ conversation, message }): VersionsView => {
      const found = allOf(fake.find(conversation)).find((one) => one.id === message);
      if (found?.content.kind !== 'text') throw GONE;
      const earlier = found.earlier ?? [];
      const here = looked.has(message) || fake.connection.kind === 'live';
      if (here) looked.add(message);
      const all = [...(here ? earlier : []), { text: textOf(found.content), at: found.edited_at ?? found.at }];
      const waits = fake.outbox.findLast((item) => item.message === message && item.text !== null && item.state.kind !== 'failed');
      const texts = [...all, ...(waits?.text ? [{ text: waits.text, at: null }] : [])];
      const first = here ? 0 : earlier.length;
      const versions = texts.map(({ text, at }, i): VersionView => {
        const before = texts[i - 1];
        const parts: VersionPart[] = before ? compared(before.text, text) : [{ change: 'kept', text }];
        return { revision: first + i, at, missing: i === 0 ? first : 0, parts };
      });
      return { versions, problem: here || earlier.length === 0 ? null : OFFLINE };
    },
    find_date: ({ conversation, at }) => dateIn(fake.find(conversation), at, fake.connection.kind === 'live'),
    find_message: ({ link }) => {
      const [place, conversation, message] = link.trim().replace(/#.*/, '').split('/').slice(3);
      if (!link.trim().startsWith('hearth://message/') || !place || !conversation || !message) throw BAD;
      if (fake.phase.kind !== 'ready' || place !== fake.phase.server.address) {
        throw { code: 'other_server', message: `This message is on another server, ${place}. Open the link with an account there.` } satisfies Problem;
      }
      const found = fake.conversations.find((one) => one.id === conversation);
      if (!found) throw NO_MEMBER;
      const row = found.messages.find((one) => one.id === message);
      if (row ? row.content.kind === 'deleted' : isWhole(found)) throw GONE;
      return { conversation, message };
    },
  };
}
