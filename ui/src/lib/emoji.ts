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
