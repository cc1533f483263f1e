/** Keys that work anywhere in the main window. While a dialog is open they are its own. */
import { call } from '../../lib/backend';
import type { ConversationItem, ListSection } from '../../lib/backend';
import { isComposing } from '../../lib/composing';
import { language } from '../../lib/language.svelte';
import { placeWanted } from '../../state/changes';
import { conversations } from '../../state/conversations.svelte';
import { replies } from '../../state/replies';
import { session } from '../../state/session.svelte';
import { attempt } from '../../state/toasts.svelte';
import { goTo, view } from '../../state/view.svelte';
import { spotOf, visited } from '../../state/visited';
import type { Spot } from '../../state/visited';
import { mayAdminister } from '../admin/tabs';
import { closeDetails, hasDetails, isInDetails, toggleDetails } from '../conversation/details.svelte';
import { groupOf, rowsOf } from '../list/rows';
import { shownLines } from '../list/shown';
import { searchIn } from '../search/here';
import { recent } from './recent.svelte';

export const MAC = navigator.platform.startsWith('Mac');
export const MOD = MAC ? '⌘' : 'Ctrl';

/** Nobody steps through more conversations with something unread. */
const UNREAD_MAX = 1_000;
/** Steps to what is unread, one after the other: each goes on from where the one before it has led. */
let walk: Promise<void> = Promise.resolve();

/** The signs that keys of ours have, by where they are on a keyboard whose signs are others. */
const SIGNS: Record<string, string> = { Period: '.', Comma: ',', Slash: '/', BracketLeft: '[', BracketRight: ']' };

/** The letter or sign of a key, also on a keyboard whose letters are not Latin. */
export function letterOf(event: KeyboardEvent): string {
  if (/^[\x21-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  return event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : (SIGNS[event.code] ?? event.key);
}

/** From 1 to 9, also where the digits need Shift or are others; or none. */
export function digitOf({ key, code }: KeyboardEvent): number | null {
  const digit = /^[1-9]$/.exec(key)?.[0] ?? /^Digit([1-9])$/.exec(code)?.[1];
  return digit === undefined ? null : Number(digit);
}

export function onKey(event: KeyboardEvent): void {
  // Some dialogs are of the page that opened them: Esc is theirs as well, and does not leave that page.
  if (event.defaultPrevented || isComposing(event) || view.dialog || document.querySelector('dialog[open]')) return;
  if (act(event)) event.preventDefault();
}

function act(event: KeyboardEvent): boolean {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  // Ctrl on every system: the other one with Tab is the system's own.
  if (event.key === 'Tab' && event.ctrlKey && !event.altKey && !event.metaKey) return recent.step(event.shiftKey ? -1 : 1);
  const way = wayOf(event);
  if (way) return goAlong(way);
  if (mod && !event.altKey && event.shiftKey) return letterOf(event) === 'f' && searchHere();
  if (mod && !event.altKey) return withMod(letterOf(event)) || toNth(digitOf(event));
  if (event.altKey && !mod && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    const by = event.key === 'ArrowDown' ? 1 : -1;
    if (event.shiftKey) walk = walk.then(() => attempt(() => stepUnread(by)));
    else step(conversations.items, by);
    return true;
  }
  if (event.key === 'F6') return nextLandmark(event.shiftKey ? -1 : 1);
  if (event.key === 'PageUp' && event.shiftKey && !mod && !event.altKey) return want('unread');
  if (event.key === 'Escape') return escape();
  return false;
}

function withMod(letter: string): boolean {
  switch (letter) {
    case 'k':
      view.dialog = 'switcher';
      return true;
    case 'n':
      view.dialog = 'new';
      return true;
    case '/':
      view.dialog = 'keys';
      return true;
    case 'f':
      goTo.search();
      return true;
    case ',':
      goTo.settings();
      return true;
    case '.':
      return about();
    case 'j':
      return date();
    default:
      return false;
  }
}

/** Back (-1) or forward: against the way that the language runs, or along it. On a Mac these arrows go through words. */
function wayOf(event: KeyboardEvent): 1 | -1 | null {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  if (shiftKey || ctrlKey || altKey === metaKey || metaKey !== MAC) return null;
  const key = MAC ? letterOf(event) : event.key;
  if (key === (MAC ? '[' : 'ArrowLeft')) return language.dir === 'ltr' ? -1 : 1;
  if (key === (MAC ? ']' : 'ArrowRight')) return language.dir === 'ltr' ? 1 : -1;
  return null;
}

/** Through what was open. Where the way ends nothing happens: the key is no one else's either. */
function goAlong(way: 1 | -1): true {
  const spot = visited.step(way, spotOf(view.place, view.conversation), isThere);
  if (spot?.conversation) goTo.conversation(spot.conversation);
  else if (spot && spot.place !== 'conversations') goTo[spot.place]();
  return true;
}

function isThere({ place, conversation }: Spot): boolean {
  if (conversation !== null) return conversations.find(conversation) !== undefined;
  return place !== 'admin' || mayAdminister();
}

/** To the conversation of this place in the list as it stands. */
function toNth(place: number | null): boolean {
  const item = place === null ? undefined : shownLines()[place - 1];
  if (item) goTo.conversation(item.id);
  return item !== undefined;
}

/** The open conversation, while it is looked at. */
function open(): ConversationItem | undefined {
  return view.place === 'conversations' && view.conversation ? conversations.find(view.conversation) : undefined;
}

function searchHere(): boolean {
  const item = open();
  const search = item && searchIn(item);
  search?.('');
  return Boolean(search);
}

/** What the open conversation is, or who it is with. */
function about(): boolean {
  const item = open();
  if (!item || !hasDetails(item)) return false;
  toggleDetails(item);
  return true;
}

/** Days are those of the open conversation. */
function date(): boolean {
  if (view.place !== 'conversations' || !view.conversation) return false;
  goTo.date();
  return true;
}

/** To the previous or next conversation of these; from one that is not among them, to the last or first. */
function step(items: ConversationItem[], by: 1 | -1): void {
  const at = items.findIndex((item) => item.id === view.conversation);
  const next = items[at < 0 && by < 0 ? items.length - 1 : at + by];
  if (next) goTo.conversation(next.id);
}

/** To the previous or next one with something unread, in it or in a thread there; also in a section that is folded. */
async function stepUnread(by: 1 | -1): Promise<void> {
  const { conversation, place } = view;
  const { list_by_group, list_order: order } = session.settings;
  const wanted = { filter: 'unread', order, limit: UNREAD_MAX } as const;
  const sections = list_by_group ? inListOrder(await call('list_sections', { ...wanted, folded: [] })) : null;
  const items = sections ? sections.flatMap((section) => section.items) : await call('list_conversations', wanted);
  // Somebody has gone somewhere else meanwhile.
  if (view.conversation !== conversation || view.place !== place || view.dialog) return;
  conversations.remember(items);
  // What is open has its place among them, also once it is read.
  const open = conversation ? conversations.find(conversation) : undefined;
  step(rowsOf({ sections, items, order, folded: [], open }).flatMap((row) => (row.kind === 'line' ? [row.item] : [])), by);
}

/** Sections as they stand in the list, also those of which nothing is unread: what is open may be in one of them. */
function inListOrder(found: ListSection[]): ListSection[] {
  const known = conversations.sections ?? [];
  const sameAs = (one: ListSection) => (other: ListSection) => groupOf(one) === groupOf(other);
  const others = found.filter((section) => !known.some(sameAs(section)));
  return [...known.map((section) => found.find(sameAs(section)) ?? { ...section, count: 0, items: [] }), ...others];
}

function nextLandmark(by: 1 | -1): boolean {
  const shown = [...document.querySelectorAll<HTMLElement>('[data-landmark]')].filter((mark) => mark.offsetParent !== null);
  // A landmark that holds others is none itself.
  const marks = shown.filter((mark) => mark.querySelector('[data-landmark]') === null);
  const now = marks.findIndex((mark) => mark.contains(document.activeElement));
  const next = marks[(now + by + marks.length) % marks.length];
  const target = next?.querySelector<HTMLElement>('[data-landmark-focus]') ?? next;
  target?.focus();
  return target !== undefined;
}

/** Closes what lies on top, from the top. */
function escape(): boolean {
  if (view.place !== 'conversations') goTo.leave();
  else if (view.outbox) view.outbox = false;
  // They lie beside the conversation and not on top of it: from there Esc is the conversation's.
  else if (isInDetails()) closeDetails();
  else if (answersNothing()) return true;
  else return want('end');
  return true;
}

/** What was to be answered in the open conversation is given up. Whether there was anything. */
function answersNothing(): boolean {
  const item = view.conversation ? conversations.find(view.conversation) : undefined;
  if (!item || !replies.get(item)) return false;
  replies.set(item.id, null);
  return true;
}

function want(place: 'unread' | 'end'): boolean {
  if (view.place !== 'conversations' || !view.conversation) return false;
  placeWanted.tell(place);
  return true;
}
