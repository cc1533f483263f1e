/**
 * Naming people in a text: an at sign and letters offer those who are there, and everyone; what is chosen stands in the text as their
 * username, or as the one word for everyone that is the same in every language. A number sign offers the channels of the same group.
 */
import { on } from 'svelte/events';
import { call } from '../../lib/backend';
import type { ChannelView, PersonView } from '../../lib/backend';
import { matches } from '../../lib/match';
import { t } from '../../lib/words';
import { insertText } from './marks';

/** So many are offered at a time; more letters make them fewer. */
const OFFERED_MAX = 6;
/** An at sign or a number sign that begins a word, and what is typed of a name, up to the caret. */
const BEGUN = /(?:^|[^\p{L}\p{N}_@#/])[@#]([\p{L}\p{N}\p{M}._-]{0,32})$/u;

/** What is typed of a name before the caret, and where its sign stands. */
export function begun(text: string, caret: number): { at: number; typed: string } | null {
  const found = BEGUN.exec(text.slice(0, caret));
  return found ? { at: caret - (found[1] ?? '').length - 1, typed: found[1] ?? '' } : null;
}

/** Those whose username or name has a word that begins like that. */
export function matching(people: PersonView[], typed: string): PersonView[] {
  return people.filter(({ username, name }) => matches(`${username} ${name}`, typed)).slice(0, OFFERED_MAX);
}

/** What stands behind the at sign where everyone is named. */
export const EVERYONE = 'everyone';

/** Somebody who is offered, everyone, of whom there are so many, or a channel. */
export type Offered = { user: string; username: string; name: string; others?: number; channel?: true };

/** Those channels of whose name a word begins like that. */
export function matchingChannels(channels: ChannelView[], typed: string): Offered[] {
  const found = channels.filter(({ name }) => matches(name, typed)).slice(0, OFFERED_MAX);
  return found.map(({ id, name }) => ({ user: id, username: name, name, channel: true }));
}

/** Everyone, if the letters begin the word, the reader's or the one that is the same for all. */
export function everyone(others: number, typed: string): Offered[] {
  const word = t('everyone');
  return others > 0 && matches(`${EVERYONE} ${word}`, typed) ? [{ user: EVERYONE, username: EVERYONE, name: word, others }] : [];
}

/** Of one box in which one writes: whom it offers, and which of them the keys are on. */
export class Naming {
  offered = $state.raw<Offered[]>([]);
  at = $state(0);
  /** The list's, while there is one. */
  readonly id: string;
  readonly #conversation: string;
  #box: HTMLTextAreaElement | null = null;
  /** Whom one can name, asked for at each at sign. */
  #people: { at: number; sign: string; all: PersonView[]; others: number; channels: ChannelView[] } | null = null;
  /** Where the at sign stands that was turned down with Esc. */
  #declined = -1;
  /** What is answered after something else was asked for is too late. */
  #asked = 0;

  constructor(conversation: string, id: string) {
    this.#conversation = conversation;
    this.id = id;
  }

  /** What the box says of the list. */
  get aria(): { 'aria-autocomplete': 'list'; 'aria-controls'?: string; 'aria-activedescendant'?: string } {
    if (this.offered.length === 0) return { 'aria-autocomplete': 'list' };
    return { 'aria-autocomplete': 'list', 'aria-controls': this.id, 'aria-activedescendant': `${this.id}-${this.at}` };
  }

  /** Looks with each letter and each move of the caret. */
  readonly watch = (box: HTMLTextAreaElement): (() => void) => {
    this.#box = box;
    const look = () => void this.#look(box);
    const moved = ({ key }: KeyboardEvent) => (key.startsWith('Arrow') || key === 'Home' || key === 'End') && look();
    const ends = [on(box, 'input', look), on(box, 'click', look), on(box, 'keyup', moved), on(box, 'blur', () => this.close())];
    return () => ends.forEach((end) => end());
  };

  close(): void {
    this.#asked += 1;
    this.offered = [];
    this.at = 0;
  }

  /** Whether a key was for the list. */
  onkey(event: KeyboardEvent): boolean {
    const { length } = this.offered;
    if (length === 0 || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === 'ArrowDown') this.at = (this.at + 1) % length;
    else if (event.key === 'ArrowUp') this.at = (this.at + length - 1) % length;
    else if (event.key === 'Enter' || event.key === 'Tab') this.choose(this.at);
    else if (event.key === 'Escape') this.#decline();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  choose(at: number): void {
    const [box, person] = [this.#box, this.offered[at]];
    const word = box && begun(box.value, box.selectionStart);
    this.close();
    if (!person || !word) return;
    box.focus();
    const end = box.selectionStart;
    box.setSelectionRange(word.at, end);
    insertText(box, `${person.channel ? '#' : '@'}${person.username}${/^\s/.test(box.value.slice(end)) ? '' : ' '}`);
  }

  #decline(): void {
    this.#declined = (this.#box && begun(this.#box.value, this.#box.selectionStart)?.at) ?? -1;
    this.close();
  }

  async #look(box: HTMLTextAreaElement): Promise<void> {
    const word = box.selectionStart === box.selectionEnd ? begun(box.value, box.selectionStart) : null;
    if (word === null || word.at === this.#declined) {
      if (word === null) [this.#declined, this.#people] = [-1, null];
      return this.close();
    }
    const mine = (this.#asked += 1);
    const sign = box.value.charAt(word.at);
    if (this.#people?.at !== word.at || this.#people.sign !== sign) {
      try {
        const conversation = this.#conversation;
        if (sign === '#') {
          this.#people = { at: word.at, sign, all: [], others: 0, channels: await call('list_nameable_channels', { conversation }) };
        } else {
          const [all, crowd] = await Promise.all([call('list_nameable', { conversation }), call('look_at_everyone', { conversation, text: '' })]);
          this.#people = { at: word.at, sign, all, others: crowd.allowed ? crowd.others : 0, channels: [] };
        }
      } catch {
        // The text can be sent all the same.
        return;
      }
    }
    if (mine !== this.#asked) return;
    const before = this.offered[this.at]?.user;
    const { all, others, channels } = this.#people;
    this.offered = [...matching(all, word.typed), ...everyone(others, word.typed), ...matchingChannels(channels, word.typed)];
    this.at = Math.max(0, this.offered.findIndex(({ user }) => user === before));
  }
}
