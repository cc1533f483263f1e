/** Every string that a person reads comes from here. The `.ftl` files are shared with the shell. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Problem } from './backend/types';
import { FALLBACK, filesOf, hasRtl, language } from './language.svelte';

export { hasRtl };

/** Made when it is first spoken: one is enough for almost everybody. */
const bundles = new Map<string, FluentBundle>();

function bundleOf(tag: string, locale: string): FluentBundle {
  const known = bundles.get(`${tag} ${locale}`);
  if (known) return known;
  const bundle = new FluentBundle(locale, { useIsolating: false });
  for (const file of filesOf(tag)) bundle.addResource(new FluentResource(file));
  bundles.set(`${tag} ${locale}`, bundle);
  return bundle;
}

/** Marks that turn the direction of the text behind them. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Keeps a name from turning the sentence around it: one that may run the other way, or that has marks of its own. */
function isolated(value: FluentVariable): FluentVariable {
  if (typeof value !== 'string') return value;
  const plain = value.replace(TURNING, '');
  return plain !== '' && (language.dir === 'rtl' || hasRtl(plain)) ? `\u2068${plain}\u2069` : plain;
}

/** What a language says for `key`, or nothing. */
function said(tag: string, locale: string, key: string, args?: Record<string, FluentVariable>): string | null {
  const bundle = bundleOf(tag, locale);
  const message = bundle.getMessage(key);
  return message?.value ? bundle.formatPattern(message.value, args ?? null, []) : null;
}

/** The words for `key`: the language's, or else English ones. A key that nobody has words for shows itself; a test finds it first. */
export function t(key: string, args?: Record<string, FluentVariable>): string {
  const shown = args && Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isolated(value)]));
  return said(language.tag, language.locale, key, shown) ?? said(FALLBACK, FALLBACK, key, shown) ?? key;
}

/** The key of what is said of a problem of this code. */
export const problemKey = (code: string): string => `problem-${code.replaceAll('_', '-')}`;

/**
 * A problem of the shell or the server in the language of the window. They tell it in English, where it often says more than its code;
 * in other languages its code has words.
 */
export function worded(problem: Problem): Problem {
  if (language.tag === FALLBACK) return problem;
  return { ...problem, message: said(language.tag, language.locale, problemKey(problem.code)) ?? problem.message };
}
