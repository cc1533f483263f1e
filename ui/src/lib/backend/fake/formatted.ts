/** The fake reads no marks: it knows the trees that Rust makes of its own messages, and finds addresses in others. */
import type { Block, Content, Inline } from '../types';
import samples from './formatted.json';

/** `cargo test -p hearth-text` checks that these are what Rust makes of the texts. */
interface Sample {
  text: string;
  plain: string;
  blocks: Block[];
}
export const SAMPLES = samples as Sample[];

export function contentOf(text: string): Content {
  const blocks = SAMPLES.find((sample) => sample.text === text)?.blocks ?? linked(text);
  return blocks ? { kind: 'text', text, blocks } : { kind: 'text', text };
}

export function plainOf(text: string): string {
  return SAMPLES.find((sample) => sample.text === text)?.plain ?? text;
}

function linked(text: string): Block[] | undefined {
  const parts = text.split(/(https:\/\/[^\s]+)/);
  if (parts.length === 1) return undefined;
  const inlines = parts.map((part, i): Inline => (i % 2 === 0 ? { kind: 'text', text: part } : { kind: 'link', url: part, host: null, inlines: [{ kind: 'text', text: part }] }));
  return [{ kind: 'paragraph', inlines }];
}
