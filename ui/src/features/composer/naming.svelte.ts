/**
 * Completing what is typed: an at sign and letters offer those who are there, and everyone; what is chosen stands in the text as their
 * username, or as the one word for everyone that is the same in every language. A number sign offers the channels of the same group, a
 * colon emoji by their names, and a slash at the very beginning what can be done there.
 */
import { on } from 'svelte/events';
import type { Command } from '../commands/commands';
import { typedCommand } from '../commands/typed';
import { remember } from '../emoji/chosen';
import { insertText } from './marks';
import { begun, channels, commandsIn, emoji, nameable, peopleIn, written } from './offers';
import type { Begun, Finder, Offered, Sign } from './offers';

/** Where commands can be typed. */
export interface Commands {
  list: () => Promise<Command[]>;
  /** One that takes nothing was chosen. */
  run: (command: Command) => void;
}

/** Of one box in which one writes: what it offers, and which of it the keys are on. */
export class Naming {
  offered = $state.raw<Offered[]>([]);
  at = $state(0);
  /** The list's, while there is one. */
  readonly id: string;
  readonly #conversation: string;
  readonly #commands: Commands | null;
  #box: HTMLTextAreaElement | null = null;
  /** From what is offered, asked for at each sign. */
  #source: { at: number; sign: Sign; find: Finder } | null = null;
  /** Where the sign stands that was turned down with Esc. */
  #declined = -1;
  /** What is answered after something else was asked for is too late. */
  #asked = 0;

  constructor(conversation: string, id: string, commands: Commands | null = null) {
    this.#conversation = conversation;
    this.id = id;
    this.#commands = commands;
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

  /** The text has gone from the box. */
  begin(): void {
    [this.#declined, this.#source] = [-1, null];
    this.close();
  }

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
    const [box, one] = [this.#box, this.offered[at]];
    const word = box && this.#begun(box);
    this.close();
    if (!one || !word) return;
    box.focus();
    if (one.kind === 'command' && one.command.takes === null) return this.#commands?.run(one.command);
    if (one.kind === 'emoji') remember(one.emoji);
    const end = box.selectionStart;
    box.setSelectionRange(word.at, end);
    insertText(box, `${written(one)}${/^\s/.test(box.value.slice(end)) ? '' : ' '}`);
  }

  #decline(): void {
    this.#declined = (this.#box && this.#begun(this.#box)?.at) ?? -1;
    this.close();
  }

  #begun(box: HTMLTextAreaElement): Begun | null {
    return begun(box.value, box.selectionStart, this.#commands !== null);
  }

  async #look(box: HTMLTextAreaElement): Promise<void> {
    const word = box.selectionStart === box.selectionEnd ? this.#begun(box) : null;
    if (word === null || word.at === this.#declined) {
      return word === null ? this.begin() : this.close();
    }
    const mine = (this.#asked += 1);
    const { at, sign } = word;
    if (this.#source?.at !== at || this.#source.sign !== sign) {
      try {
        this.#source = { at, sign, find: await this.#find(sign, box.value) };
      } catch {
        // The text can be sent all the same.
        return;
      }
    }
    if (mine !== this.#asked) return;
    const before = this.offered[this.at]?.key;
    this.offered = this.#source.find(word.typed);
    this.at = Math.max(0, this.offered.findIndex(({ key }) => key === before));
  }

  async #find(sign: Sign, text: string): Promise<Finder> {
    if (sign === '#') return channels(this.#conversation);
    if (sign === ':') return emoji();
    if (sign === '/') return commandsIn((await this.#commands?.list()) ?? []);
    const people = await this.#peopleOf(text);
    return people ?? nameable(this.#conversation);
  }

  /** Some commands are about others than those who are there. */
  async #peopleOf(text: string): Promise<Finder | null> {
    const typed = this.#commands && typedCommand(text);
    if (!typed) return null;
    const command = (await this.#commands?.list())?.find(({ word }) => word === typed.word);
    return command?.people ? peopleIn(await command.people()) : null;
  }
}
