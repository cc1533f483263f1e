import { LinkifyIt } from 'linkify-it';

/** A piece of a message's text: plain, or an address that can be opened. */
export interface TextPart {
  text: string;
  url: string | null;
}

// Only what says its scheme: guessing turns "main.rs" and "readme.md" into websites.
const finder = new LinkifyIt({ fuzzyLink: false, fuzzyEmail: false }).add('ftp:', null).add('//', null);

/** Cuts a text into plain pieces and links (https, http, mailto). The pieces joined are the text again. */
export function linkParts(text: string): TextPart[] {
  if (!text.includes(':')) return [{ text, url: null }];
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of finder.match(text) ?? []) {
    if (!/^(https?|mailto):/i.test(match.url)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), url: null });
    parts.push({ text: text.slice(match.index, match.lastIndex), url: match.url });
    end = match.lastIndex;
  }
  if (end < text.length) parts.push({ text: text.slice(end), url: null });
  return parts;
}

const EMOJI_MAX = 3;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
// Not \p{RGI_Emoji}: compiling that one takes a third of a second.
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}{2})/u;

/** True for a message of one to three emoji and nothing else: those are shown large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > 64) return false;
  let count = 0;
  for (const { segment } of graphemes.segment(text.trim())) {
    if (segment === ' ') continue;
    count += 1;
    if (count > EMOJI_MAX || !EMOJI.test(segment)) return false;
  }
  return count > 0;
}
