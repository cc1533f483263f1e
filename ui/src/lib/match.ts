/** Where a name begins with, or has a word that begins with, what was typed. */
export interface NamePart {
  text: string;
  hit: boolean;
}

/** Without marks and capitals. */
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether a word of the name begins what was typed. */
export function matches(name: string, query: string): boolean {
  const [folded, wanted] = [fold(name), fold(query.trim())];
  return [...folded.matchAll(/[\p{L}\p{N}]+/gu)].some((word) => folded.startsWith(wanted, word.index));
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
