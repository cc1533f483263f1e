/** Days to which somebody may want to go back in a conversation, by the local calendar. */
import { fieldOf, momentIn } from './later';
import { t } from './words';

export interface DateChoice {
  id: 'first' | 'week' | 'month' | 'year';
  label: string;
  at: number;
}

const DAY_CHARS = 10;

/** What a native field for a date holds. */
export function dayField(at: number): string {
  return fieldOf(at).slice(0, DAY_CHARS);
}

/** When the day begins that such a field names; `null` while it names none. */
export function dayIn(field: string): number | null {
  return momentIn(`${field}T00:00`);
}

/** When the day began so many months ago that has the same number; of a shorter month its last. */
function monthsAgo(now: number, months: number): number {
  const date = new Date(now);
  const last = new Date(date.getFullYear(), date.getMonth() - months + 1, 0).getDate();
  return new Date(date.getFullYear(), date.getMonth() - months, Math.min(date.getDate(), last)).getTime();
}

function weekAgo(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - 7).getTime();
}

export function dateChoices(now: number): DateChoice[] {
  return [
    { id: 'week', label: t('date-week'), at: weekAgo(now) },
    { id: 'month', label: t('date-month'), at: monthsAgo(now, 1) },
    { id: 'year', label: t('date-year'), at: monthsAgo(now, 12) },
    { id: 'first', label: t('date-first'), at: 0 },
  ];
}
