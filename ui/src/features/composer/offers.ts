/** What the box in which one writes can complete: behind which sign, from what, and what it becomes. */
import { call } from '../../lib/backend';
import type { ChannelView, PersonView } from '../../lib/backend';
import { matches } from '../../lib/match';
import { t } from '../../lib/words';
import { session } from '../../state/session.svelte';
import type { Command } from '../commands/commands';
import { inTone, readEmoji, search } from '../emoji/list';

/** So many are offered at a time; more letters make them fewer. */
const OFFERED_MAX = 6;

export type Offered = { key: string } & (
  | { kind: 'person'; user: string; username: string; name: string }
  /** So many others. */
  | { kind: 'everyone'; name: string; others: number }
  | { kind: 'channel'; name: string }
  | { kind: 'emoji'; emoji: string; name: string }
  | { kind: 'command'; command: Command }
);

export type Sign = '@' | '#' | ':' | '/';

/** What is typed before the caret, behind which sign, and where that stands. */
export interface Begun {
  at: number;
  sign: Sign;
  typed: string;
}

/** An at sign or a number sign that begins a word, and what is typed of a name. */
const NAME = /(?:^|[^\p{L}\p{N}_@#/])([@#])([\p{L}\p{N}\p{M}._-]{0,32})$/u;
/** A colon that begins a word, as it may stand in Japanese text too, and what is typed of an emoji's name. */
const EMOJI = /(?:^|[^\p{L}\p{N}\p{M}_:：/])[:：]([\p{L}+-][\p{L}\p{N}\p{M}_+-]{0,31})$/u;
/** One letter behind a colon is a face as often as a name; one sign can be a whole word in other scripts. */
const ONE_LETTER = /^[\x21-\x7e]$/;
const COMMAND = /^\/([\p{L}\p{N}_-]{0,32})$/u;

/** `commands`: a slash begins one, where nothing else is in the box. */
export function begun(text: string, caret: number, commands = false): Begun | null {
  const before = text.slice(0, caret);
  const command = commands && text.slice(caret).trim() === '' ? COMMAND.exec(before) : null;
  if (command) return { at: 0, sign: '/', typed: command[1] ?? '' };
  const name = NAME.exec(before);
  if (name) return { at: caret - (name[2] ?? '').length - 1, sign: name[1] === '#' ? '#' : '@', typed: name[2] ?? '' };
  const typed = EMOJI.exec(before)?.[1];
  return typed === undefined || ONE_LETTER.test(typed) ? null : { at: caret - typed.length - 1, sign: ':', typed };
}

/** What stands behind the at sign where everyone is named. */
const EVERYONE = 'everyone';

/** What it becomes in the text. */
export function written(one: Offered): string {
  switch (one.kind) {
    case 'person':
      return `@${one.username}`;
    case 'everyone':
      return `@${EVERYONE}`;
    case 'channel':
      return `#${one.name}`;
    case 'emoji':
      return one.emoji;
    case 'command':
      return `/${one.command.word}`;
  }
}

/** What is offered for what is typed. */
export type Finder = (typed: string) => Offered[];

/** Those whose username or name has a word that begins like that. */
export function peopleIn(people: PersonView[]): Finder {
  return (typed) => {
    const found = people.filter(({ username, name }) => matches(`${username} ${name}`, typed)).slice(0, OFFERED_MAX);
    return found.map(({ user, username, name }) => ({ kind: 'person', key: user, user, username, name }));
  };
}

/** Everyone, of whom there are so many, if the letters begin the word, the reader's or the one that is the same for all. */
function everyone(others: number, typed: string): Offered[] {
  const name = t('everyone');
  return others > 0 && matches(`${EVERYONE} ${name}`, typed) ? [{ kind: 'everyone', key: EVERYONE, name, others }] : [];
}

export async function nameable(conversation: string): Promise<Finder> {
  const [all, crowd] = await Promise.all([call('list_nameable', { conversation }), call('look_at_everyone', { conversation, text: '' })]);
  const people = peopleIn(all);
  return (typed) => [...people(typed), ...everyone(crowd.allowed ? crowd.others : 0, typed)];
}

/** The channels of the same group of whose name a word begins like that. */
export async function channels(conversation: string): Promise<Finder> {
  const all: ChannelView[] = await call('list_nameable_channels', { conversation });
  return (typed) => {
    const found = all.filter(({ name }) => matches(name, typed)).slice(0, OFFERED_MAX);
    return found.map(({ id, name }) => ({ kind: 'channel', key: id, name }));
  };
}

/** As the picker finds them, in the tone that was chosen there; `_` is the space of names as they are typed elsewhere. */
export async function emoji(): Promise<Finder> {
  const all = await readEmoji();
  return (typed) => {
    const found = search(all, typed.replaceAll('_', ' ')).slice(0, OFFERED_MAX);
    return found.map((one) => ({ kind: 'emoji', key: one.emoji, emoji: inTone(one, session.settings.skin_tone), name: one.label }));
  };
}

/** All of them behind the slash alone; then those whose word begins like that, or else those of whose meaning a word does. */
export function commandsIn(all: Command[]): Finder {
  return (typed) => {
    const called = all.filter(({ word }) => word.startsWith(typed.toLowerCase()));
    const found = called.length > 0 ? called : all.filter(({ label }) => matches(label, typed));
    return found.map((command) => ({ kind: 'command', key: command.word, command }));
  };
}
