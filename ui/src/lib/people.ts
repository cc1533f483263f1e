/** How a person or a group looks without a picture, and what they are called. */
import type { StatusView } from './backend';
import { t } from './words';

/** One of twelve hues, by FNV-1a of the id: stable for a lifetime and the same on every machine. */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) {
    hash ^= id.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  // The low bits of FNV are its weakest: fold the high ones in before the remainder.
  return (((hash ^ (hash >>> 15)) >>> 0) % 12) + 1;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function firstLetter(word: string): string {
  for (const { segment } of graphemes.segment(word)) {
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(segment)) return segment.toLocaleUpperCase();
  }
  return '';
}

/** One or two letters: of the first and the last word that have any. */
export function initials(name: string): string {
  const letters = name.split(/\s+/).map(firstLetter).filter(Boolean);
  const [first = '?'] = letters;
  const last = letters.length > 1 ? letters[letters.length - 1] : '';
  return first + (last ?? '');
}

/** Whether what somebody says of themselves still counts. */
export function counts(status: StatusView | null | undefined, now: number): status is StatusView {
  return status != null && (status.until === null || now < status.until);
}

/** A conversation's name where it stands alone: a channel has its sign before it. */
export function titleOf(item: { kind: string; name: string }): string {
  if (item.kind === 'direct') return nameOf(item.name);
  return item.kind === 'channel' ? `# ${item.name}` : item.name;
}

/** What a conversation looks like besides its initials: as somebody has chosen for it, or like the group whose channel it is. */
export function pictureOf(item: { picture: string | null; group: { picture: string | null } | null } | undefined): string | null {
  return item?.picture ?? item?.group?.picture ?? null;
}

/** What somebody is called; nobody is without a name but those whose account is deleted. */
export function nameOf(name: string): string {
  return name || t('deleted-account');
}

export function firstName(name: string): string {
  return name.split(/\s+/)[0] || name;
}
