import { fold } from '../../lib/fold';

/** Where a name begins with, or has a word that begins with, what was typed. */
export interface NamePart {
  text: string;
  hit: boolean;
}

export function splitMatch(name: string, query: string): NamePart[] {
  const plain = [{ text: name, hit: false }];
  const wanted = fold(query);
  // Folding may change the length of a text; then the places no longer fit and nothing is marked.
  if (!wanted || fold(name).length !== name.length) return plain;
  const words = name.matchAll(/[\p{L}\p{N}]+/gu);
  for (const word of words) {
    const at = word.index;
    if (!fold(name).startsWith(wanted, at)) continue;
    const end = at + wanted.length;
    const parts = [
      { text: name.slice(0, at), hit: false },
      { text: name.slice(at, end), hit: true },
      { text: name.slice(end), hit: false },
    ];
    return parts.filter((part) => part.text);
  }
  return plain;
}
