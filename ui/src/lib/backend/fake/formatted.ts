/** The fake reads no marks: it knows the trees that Rust makes of its own messages, and finds addresses and people in others. */
import type { Block, Content, Inline, PersonView } from '../types';
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

/** Everybody who can be named, by username; the first is who reads. */
const nameable = new Map<string, PersonView>();

export function introduce(person: PersonView): PersonView {
  nameable.set(person.username, person);
  return person;
}

/** The channels to which a text can lead, by name: the fake's reader sees all of them. */
const leadable = new Map<string, string>();

export function lead(name: string, id: string): void {
  leadable.set(name, id);
}

function linked(text: string): Block[] | undefined {
  const parts = text.split(/((?:https:\/\/|hearth:\/\/message\/)[^\s]+|@[a-z0-9.]*[a-z0-9]|#[a-z-]+)/);
  const inlines = parts.map((part): Inline => {
    if (/^(https|hearth):/.test(part)) return { kind: 'link', url: part, host: null, inlines: [{ kind: 'text', text: part }] };
    const conversation = part.startsWith('#') ? leadable.get(part.slice(1)) : undefined;
    if (conversation !== undefined) return { kind: 'channel', conversation, name: part.slice(1) };
    if (part === '@everyone') return { kind: 'everyone', me: true };
    const person = part.startsWith('@') ? nameable.get(part.slice(1)) : undefined;
    if (!person) return { kind: 'text', text: part };
    return { kind: 'mention', ...person, me: person === nameable.values().next().value };
  });
  return inlines.every(({ kind }) => kind === 'text') ? undefined : [{ kind: 'paragraph', inlines }];
}
