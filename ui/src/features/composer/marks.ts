/** Keys that put marks around what is selected in a box, or take them away again. */
import { MAC, letterOf } from '../main/keys';

interface Mark {
  open: string;
  close: string;
}

const BOLD: Mark = { open: '**', close: '**' };
const ITALIC: Mark = { open: '*', close: '*' };
const STRIKE: Mark = { open: '~~', close: '~~' };
const CODE: Mark = { open: '`', close: '`' };
const CODE_LINES: Mark = { open: '```\n', close: '\n```' };

/** A text and what is selected in it. */
export interface Marked {
  text: string;
  start: number;
  end: number;
}

/** Does what the key asks for; whether it was one of these keys. */
export function onMarkKey(event: KeyboardEvent, box: HTMLTextAreaElement): boolean {
  const mod = MAC ? event.metaKey : event.ctrlKey;
  if (!mod || event.altKey) return false;
  const mark = markOf(letterOf(event), event.shiftKey, box);
  if (!mark) return false;
  event.preventDefault();
  put(box, toggled({ text: box.value, start: box.selectionStart, end: box.selectionEnd }, mark));
  return true;
}

function markOf(letter: string, shift: boolean, box: HTMLTextAreaElement): Mark | null {
  if (shift) return letter === 'x' ? STRIKE : null;
  if (letter === 'b') return BOLD;
  if (letter === 'i') return ITALIC;
  if (letter !== 'e') return null;
  return box.value.slice(box.selectionStart, box.selectionEnd).includes('\n') ? CODE_LINES : CODE;
}

export function toggled({ text, start, end }: Marked, mark: Mark): Marked {
  // A mark must touch words: white space at the ends stays outside.
  while (start < end && /\s/.test(text[start] ?? '')) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  const { open, close } = mark;
  const selected = text.slice(start, end);
  const signs = inside(mark, selected);
  if (signs >= open.length && selected.length >= open.length + close.length && has(mark, text.slice(0, start + signs), text.slice(end - signs))) {
    // The marks were selected along with the words.
    const bare = selected.slice(open.length, -close.length);
    return { text: text.slice(0, start) + bare + text.slice(end), start, end: start + bare.length };
  }
  if (has(mark, text.slice(0, start), text.slice(end))) {
    const before = text.slice(0, start - open.length);
    return { text: before + selected + text.slice(end + close.length), start: before.length, end: before.length + selected.length };
  }
  const from = start + open.length;
  return { text: text.slice(0, start) + open + selected + close + text.slice(end), start: from, end: from + selected.length };
}

/** How many of the mark's signs stand at both ends of what is selected. */
function inside({ open, close }: Mark, selected: string): number {
  if (open.length > 2) return selected.startsWith(open) && selected.endsWith(close) ? open.length : 0;
  const sign = open.charAt(0);
  return Math.min(run(selected, sign, 1), run(selected, sign, -1));
}

/** Whether the mark is around a place. One star more makes italic of bold, so that stars are counted. */
function has({ open, close }: Mark, before: string, after: string): boolean {
  if (open.length > 2) return before.endsWith(open) && after.startsWith(close);
  const sign = open.charAt(0);
  const signs = Math.min(run(before, sign, -1), run(after, sign, 1));
  return sign === '*' && open.length === 1 ? signs % 2 === 1 : signs >= open.length;
}

/** Equal signs at the beginning (1) or the end (-1). */
function run(text: string, sign: string, from: 1 | -1): number {
  let count = 0;
  while (text.at(from === 1 ? count : -1 - count) === sign) count += 1;
  return count;
}

function put(box: HTMLTextAreaElement, { text, start, end }: Marked) {
  box.setSelectionRange(0, box.value.length);
  insertText(box, text);
  box.setSelectionRange(start, end);
}

/** Puts a text in the place of what is selected, and the focus there: the browser writes where that is. */
export function insertText(box: HTMLTextAreaElement, text: string): void {
  box.focus();
  // The only way that Undo knows of.
  const done = typeof document.execCommand === 'function' && document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (done) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  box.dispatchEvent(new Event('input', { bubbles: true }));
}
