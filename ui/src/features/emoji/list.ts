/** Every emoji there is, read when somebody first wants to choose one. */
import { language } from '../../lib/language.svelte';
import { fold } from '../../lib/match';

export interface Emoji {
  /** As the server knows it: in its fullest form. */
  emoji: string;
  label: string;
  /** Unicode's: 0 to 9, without 2, which are parts of emoji. */
  group: number;
  /** By which it is found, its own name first. */
  words: string[];
  /** The same in each tone of skin, from light to dark; none where it has no skin. */
  tones: string[];
}

interface Source {
  hexcode: string;
  label: string;
  group?: number;
  order?: number;
  tags?: string[];
  skins?: { hexcode: string }[];
}

/** Emoji that nobody chooses alone. */
const PARTS = 2;
const TONES = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF'];
/** Where nobody has chosen anything yet. */
export const USUAL: readonly string[] = ['👍', '❤️', '😂', '🔥', '👀', '🙏'];

/** Their names in this language, or else the English ones: not every language has some. */
function namesIn(tag: string): Promise<{ default: unknown }> {
  return tag === 'ja' ? import('emojibase-data/ja/compact.json') : import('emojibase-data/en/compact.json');
}

const read = new Map<string, Promise<Emoji[]>>();

export function readEmoji(): Promise<Emoji[]> {
  const { tag } = language;
  const known = read.get(tag);
  if (known) return known;
  const all = namesIn(tag).then(
    (found) => listOf(found.default as Source[]),
    (error: unknown) => {
      // Asked for again the next time.
      read.delete(tag);
      throw error;
    },
  );
  read.set(tag, all);
  return all;
}

/** One character has the mark that makes it an emoji where it is none by itself; what is put together names its marks. */
export function emojiOf(hexcode: string): string {
  const codes = hexcode.split('-').map((code) => parseInt(code, 16));
  const text = String.fromCodePoint(...codes);
  return codes.length > 1 || /^\p{Emoji_Presentation}$/u.test(text) ? text : `${text}\ufe0f`;
}

function listOf(source: Source[]): Emoji[] {
  const chosen = source.filter(({ group }) => group !== undefined && group !== PARTS).sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return chosen.map(({ hexcode, label, group = 0, tags = [], skins = [] }) => {
    const words = [label, ...tags].flatMap((word) => fold(word).split(/[^\p{L}\p{N}+-]+/u).filter(Boolean));
    return { emoji: emojiOf(hexcode), label, group, words, tones: tonesOf(skins.map((skin) => skin.hexcode)) };
  });
}

/** Of those in which two people may differ the ones in which they do not. */
function tonesOf(hexcodes: string[]): string[] {
  const alike = (tone: string) => hexcodes.find((hexcode) => hexcode.split('-').every((code) => code === tone || !TONES.includes(code)) && hexcode.includes(tone));
  const found = TONES.map(alike);
  return found.every((hexcode) => hexcode !== undefined) ? found.map(emojiOf) : [];
}

export function inTone({ emoji, tones }: Emoji, tone: number): string {
  return tones[tone - 1] ?? emoji;
}

/** Those in which each word of the query begins a word of theirs; those whose own name begins with it come first. */
export function search(emoji: Emoji[], query: string): Emoji[] {
  const wanted = fold(query).split(/\s+/u).filter(Boolean);
  const first = wanted[0] ?? '';
  const found = emoji.filter(({ words }) => wanted.every((want) => words.some((word) => word.startsWith(want))));
  const begins = ({ words }: Emoji) => Number(!(words[0] ?? '').startsWith(first));
  return found.sort((a, b) => begins(a) - begins(b));
}
