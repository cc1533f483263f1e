/** What the search says of how it understood a query. */
import type { QueryPartView, SearchFilterName } from '../../lib/backend';
import { dateOf } from '../../lib/time';
import { nameOf } from '../../lib/people';
import { byLocale, listed } from '../../lib/language.svelte';
import { t } from '../../lib/words';

const anyOf = byLocale((locale) => new Intl.ListFormat(locale, { type: 'disjunction' }));

/** Each filter, by an example that can be put into the box. */
export const FILTERS: { filter: SearchFilterName; example: string }[] = [
  { filter: 'from', example: 'from:' },
  { filter: 'in', example: 'in:' },
  { filter: 'before', example: 'before:' },
  { filter: 'after', example: 'after:' },
  { filter: 'on', example: 'on:' },
  { filter: 'has', example: 'has:' },
  { filter: 'is', example: 'is:' },
  { filter: 'mentions', example: 'mentions:me' },
];

/** What may stand behind a filter. */
export function helpOf(filter: SearchFilterName): string {
  switch (filter) {
    case 'from':
      return t('search-help-from');
    case 'in':
      return t('search-help-in');
    case 'before':
      return t('search-help-before');
    case 'after':
      return t('search-help-after');
    case 'on':
      return t('search-help-on');
    case 'has':
      return t('search-help-has');
    case 'is':
      return t('search-help-is');
    case 'mentions':
      return t('search-help-mentions');
  }
}

/** A word behind a colon, for people. */
export function valueOf(filter: SearchFilterName, word: string): string {
  switch (word.toLowerCase()) {
    case 'link':
      return filter === 'is' ? t('search-value-is-link') : t('search-value-link');
    case 'reaction':
      return t('search-value-reaction');
    case 'starred':
      return t('search-value-starred');
    case 'unread':
      return t('search-value-unread');
    case 'pinned':
      return t('search-value-pinned');
    case 'today':
      return t('search-value-today');
    case 'yesterday':
      return t('search-value-yesterday');
    default:
      return t('search-value-me');
  }
}

/** What a filter asks for; as it was typed where it asks for nothing. */
export function chipOf(part: QueryPartView): string {
  const says = part.problem ? null : meaningOf(part);
  const plain = says ?? `${part.filter}:${part.text}`;
  return part.without ? t('search-chip-without', { what: plain }) : plain;
}

function meaningOf({ filter, text, names, more, day }: QueryPartView): string | null {
  const called = names.map(nameOf);
  const name = anyOf().format(more > 0 ? [...called, t('search-chip-more', { count: more })] : called);
  const date = day === null ? '' : dateAt(day);
  switch (filter) {
    case 'from':
      return t('search-chip-from', { name });
    case 'in':
      return t('search-chip-in', { name });
    case 'before':
      return t('search-chip-before', { date });
    case 'after':
      return t('search-chip-after', { date });
    case 'on':
      return t('search-chip-on', { date });
    case 'has':
    case 'is':
      return valueOf(filter, text);
    case 'mentions':
      return t('search-chip-mentions');
    case null:
      return null;
  }
}

function dateAt(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return dateOf(new Date(year, month - 1, date).getTime());
}

/** Why a filter asks for nothing and what to do. */
export function problemOf({ filter, text, problem }: QueryPartView): string {
  switch (problem) {
    case 'no_value':
      return t('search-problem-value', { filter: filter ?? '' });
    case 'no_date':
      return t('search-problem-date', { text });
    case 'nobody':
      return t('search-problem-nobody', { text });
    case 'no_conversation':
      return t('search-problem-conversation', { text });
    default:
      if (filter === 'has') return t('search-problem-has', { text });
      return filter === 'is' ? t('search-problem-is', { text }) : t('search-problem-mentions', { text });
  }
}

/** Everything that was looked for, in words. */
export function lookedFor(parts: QueryPartView[]): string {
  const one = (part: QueryPartView) => {
    if (part.filter !== null) return chipOf(part);
    const quoted = t('search-looked-words', { words: part.text });
    return part.without ? t('search-chip-without', { what: quoted }) : quoted;
  };
  return listed(parts.filter(({ text, unfinished }) => text !== '' && !unfinished).map(one));
}
