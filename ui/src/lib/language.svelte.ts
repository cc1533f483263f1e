/** Which language the window speaks. Everything that reads `tag` or `locale` is drawn anew when it changes. */

/** The words of each language by its tag, which is the name of its folder. */
const FILES = import.meta.glob<string>('../../../locales/*/{page,problems}.ftl', { query: '?raw', import: 'default', eager: true });

/** What every other language falls back to. */
export const FALLBACK = 'en';

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** True for a text with a letter of a right-to-left script. */
export function hasRtl(text: string): boolean {
  return RTL.test(text);
}

/** The Fluent files of a language. */
export function filesOf(tag: string): string[] {
  return Object.keys(FILES)
    .filter((path) => path.includes(`/locales/${tag}/`))
    .map((path) => FILES[path] ?? '');
}

/** The tags of all languages that there are words of. */
export const LANGUAGES: readonly string[] = [...new Set(Object.keys(FILES).map((path) => path.split('/').at(-2) ?? ''))];

/** A language by its own name. */
export function ownName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

const languageOf = (tag: string) => tag.split('-')[0]?.toLowerCase() ?? '';

/** The first of the languages that the system prefers of which there are words. */
export function systemLanguage(): string {
  const wanted = navigator.languages.map(languageOf);
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? FALLBACK;
}

/** With the region that the system says, where it says the same language: it decides over 14:05 or 2:05 PM, and day or month first. */
function localeOf(tag: string): string {
  const said = navigator.languages.find((one) => languageOf(one) === tag);
  return said ?? (tag === FALLBACK ? 'en-GB' : tag);
}

/** All that follows from the language, made once for each time that one is chosen. */
function about(tag: string): { tag: string; locale: string; dir: 'ltr' | 'rtl' } {
  return { tag, locale: localeOf(tag), dir: hasRtl(ownName(tag)) ? 'rtl' : 'ltr' };
}

let spoken = $state.raw(about(systemLanguage()));

export const language = {
  get tag(): string {
    return spoken.tag;
  },
  /** For dates, numbers and lists. */
  get locale(): string {
    return spoken.locale;
  },
  get dir(): 'ltr' | 'rtl' {
    return spoken.dir;
  },
};

/** Speaks what was chosen, or without a choice what the system prefers. Returns which language it is. */
export function speak(chosen: string | null): string {
  const tag = chosen !== null && LANGUAGES.includes(chosen) ? chosen : systemLanguage();
  const next = about(tag);
  // Settings come often, and nearly always in the same language: nothing is drawn anew for them.
  if (next.tag !== spoken.tag || next.locale !== spoken.locale) spoken = next;
  const root = document.documentElement;
  root.lang = tag;
  root.dir = next.dir;
  return tag;
}

/** Something of `Intl` that is made once for each locale. */
export function byLocale<T>(make: (locale: string) => T): () => T {
  let made: { locale: string; it: T } | null = null;
  return () => {
    if (made?.locale !== language.locale) made = { locale: language.locale, it: make(language.locale) };
    return made.it;
  };
}

const narrow = byLocale((locale) => new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }));

/** Several things in a row, without a word between them where the language can do so. */
export function listed(parts: string[]): string {
  return narrow().format(parts);
}

const plain = byLocale((locale) => new Intl.NumberFormat(locale));

/** A number that stands alone. */
export function numbered(count: number): string {
  return plain().format(count);
}

const digits = byLocale((locale) => new Intl.NumberFormat(locale).resolvedOptions().numberingSystem);

/** The language with the digits of the locale, `ar-u-nu-arab`: whoever has no data of regions writes numbers by it. */
export function spokenTag(): string {
  return new Intl.Locale(language.tag, { numberingSystem: digits() }).toString();
}

/** What was typed, with the digits that codes and fields know: Arabic and Persian keyboards have their own, and Japanese ones wide ones. */
export function latinDigits(typed: string): string {
  return typed.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
