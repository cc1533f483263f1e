/** Which of two names comes first in the language of the window; numbers in them by what they count. */
import { byLocale } from './language.svelte';

const collator = byLocale((locale) => new Intl.Collator(locale, { numeric: true }));

export function compareNames(a: string, b: string): number {
  return collator().compare(a, b);
}
