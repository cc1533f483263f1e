import LinkifyIt from 'linkify-it';

/** A piece of a message's text: plain, or an address that can be opened. */
export interface TextPart {
  text: string;
  url: string | null;
}

// Only what says its scheme: guessing turns "main.rs" and "readme.md" into websites.
const finder = new LinkifyIt({ 'ftp:': null, '//': null } as never, { fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

/** Cuts a text into plain pieces and links (https, http, mailto). The pieces joined are the text again. */
export function linkParts(text: string): TextPart[] {
  if (!text.includes(':') || !finder.pretest(text)) return [{ text, url: null }];
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

const FEW_EMOJI = /^(?:\p{RGI_Emoji}\s?){1,3}$/v;

/** True for a message of one to three emoji and nothing else: those are shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 64 && FEW_EMOJI.test(text.trim());
}
