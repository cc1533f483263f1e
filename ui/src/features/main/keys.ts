/** Keys that work anywhere in the main window. While a dialog is open they are its own. */
import { placeWanted } from '../../state/changes';
import { conversations } from '../../state/conversations.svelte';
import { replies } from '../../state/replies';
import { goTo, view } from '../../state/view.svelte';

export const MAC = navigator.platform.startsWith('Mac');
export const MOD = MAC ? '⌘' : 'Ctrl';

/** The letter of a key, also on a keyboard whose letters are not Latin. */
export function letterOf(event: KeyboardEvent): string {
  if (/^[\x21-\x7e]$/.test(event.key)) return event.key.toLowerCase();
  return event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : event.key;
}

export function onKey(event: KeyboardEvent): void {
  // Some dialogs are of the page that opened them: Esc is theirs as well, and does not leave that page.
  if (event.defaultPrevented || event.isComposing || view.dialog || document.querySelector('dialog[open]')) return;
  if (act(event)) event.preventDefault();
}

function act(event: KeyboardEvent): boolean {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  if (mod && !event.altKey && !event.shiftKey) return withMod(letterOf(event));
  if (event.altKey && !mod && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
    return step(event.key === 'ArrowDown' ? 1 : -1, event.shiftKey);
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

/** What the open conversation is: one of two people is nothing but them. */
function about(): boolean {
  const item = view.conversation ? conversations.find(view.conversation) : undefined;
  if (view.place !== 'conversations' || !item || item.kind === 'direct') return false;
  goTo.about(item.id);
  return true;
}

/** Days are those of the open conversation. */
function date(): boolean {
  if (view.place !== 'conversations' || !view.conversation) return false;
  goTo.date();
  return true;
}

/** Previous or next conversation, or the next one with something unread. */
function step(by: 1 | -1, unreadOnly: boolean): boolean {
  const { items } = conversations;
  let at = items.findIndex((item) => item.id === view.conversation);
  if (at < 0) at = by > 0 ? -1 : items.length;
  for (let i = at + by; i >= 0 && i < items.length; i += by) {
    const item = items[i];
    if (item && (!unreadOnly || item.unread > 0)) {
      goTo.conversation(item.id);
      return true;
    }
  }
  return true;
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
