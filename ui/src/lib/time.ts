/** Dates and times for people. All take milliseconds since 1970; `now` comes in as a parameter. */
import { byLocale } from './language.svelte';
import { t } from './words';

const DAY_MS = 86_400_000;

const formats = byLocale((locale) => ({
  clock: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
  weekdayShort: new Intl.DateTimeFormat(locale, { weekday: 'short' }),
  dayShort: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
  dayShortYear: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
  dayLong: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }),
  dayLongYear: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  date: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }),
  moment: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  moments: new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  momentsYear: new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
  full: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }),
}));

function midnight(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Whole days from `at` to `now` by the local calendar; negative for the future. */
function daysAgo(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / DAY_MS);
}

export function clock(at: number): string {
  return formats().clock.format(at);
}

const HOURS = 24;

const hours = byLocale(() =>
  Array.from({ length: HOURS }, (_, hour) =>
    formats()
      .clock.formatToParts(new Date(2026, 0, 1, hour))
      .map(({ type, value }) => (type === 'minute' ? '{minute}' : value))
      .join(''),
  ),
);

/** Each hour of the day as `clock` writes it, with `{minute}` for its minutes: so does the shell, which knows no regions. */
export function clockHours(): string[] {
  return hours();
}

/** The day alone, with its year. */
export function dateOf(at: number): string {
  return formats().date.format(at);
}

/** From one day to another, as the language writes what they have in common once. */
export function datesOf(from: number, to: number): string {
  return formats().date.formatRange(from, to);
}

/** A day of these weeks, and the clock. */
export function momentOf(at: number): string {
  return formats().moment.format(at);
}

export function fullTime(at: number): string {
  return formats().full.format(at);
}

/** A day of the week by its number, 1 for Monday to 7. */
export function weekday(day: number): string {
  // The second of March 2026 was a Monday.
  return formats().weekdayShort.format(new Date(2026, 2, 1 + day));
}

/** When something will be: today and tomorrow by name. */
export function whenOf(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return t('when-today', { time: clock(at) });
  if (days === -1) return t('when-tomorrow', { time: clock(at) });
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? formats().moments : formats().momentsYear).format(at);
}

/** The local calendar day, comparable by `===`. */
export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** For a line of a list: the time today, the weekday within a week, else the date. */
export function listTime(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return formats().clock.format(at);
  if (days > 0 && days < 7) return formats().weekdayShort.format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? formats().dayShort : formats().dayShortYear).format(at);
}

/** For the separator between days. */
export function dayTitle(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return t('day-today');
  if (days === 1) return t('day-yesterday');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? formats().dayLong : formats().dayLongYear).format(at);
}
