/** What the fake's messages are, as Rust would say it. */
import type { Content, MessageKind } from '../types';

const EMOJI_MAX = 3;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
// Not \p{RGI_Emoji}: compiling that one takes a third of a second.
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}{2})/u;

/** True for one to three emoji and nothing else. */
function isEmojiOnly(text: string): boolean {
  if (text.length > 64) return false;
  let count = 0;
  for (const { segment } of graphemes.segment(text.trim())) {
    if (segment === ' ') continue;
    count += 1;
    if (count > EMOJI_MAX || !EMOJI.test(segment)) return false;
  }
  return count > 0;
}

export function kindOf(content: Content): MessageKind | null {
  if (content.kind === 'system') return 'system';
  if (content.kind !== 'text') return null;
  if (isEmojiOnly(content.text)) return 'emoji';
  return /^https:\/\/\S+$/.test(content.text.trim()) ? 'link' : 'text';
}
