/** Times at which somebody may want a message to be sent, by the local calendar and clock. */
import { t } from './words';

export interface Later {
  id: 'hour' | 'evening' | 'tomorrow' | 'monday';
  label: string;
  at: number;
}

const HOUR_MS = 3_600_000;
const EVENING = 20;
const MORNING = 9;
const MONDAY = 1;

/** A whole hour of a day so many days from `now`: what a day is, also the one on which the clocks change, `Date` knows. */
function onDay(now: number, days: number, hour: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hour).getTime();
}

/** What is offered; an evening that is nearly over is not, nor a Monday that is tomorrow. */
export function laterChoices(now: number): Later[] {
  const evening = onDay(now, 0, EVENING);
  const toMonday = (MONDAY + 7 - new Date(now).getDay()) % 7 || 7;
  const choices: (Later | null)[] = [
    { id: 'hour', label: t('later-hour'), at: now + HOUR_MS },
    evening > now + HOUR_MS ? { id: 'evening', label: t('later-evening'), at: evening } : null,
    { id: 'tomorrow', label: t('later-tomorrow'), at: onDay(now, 1, MORNING) },
    toMonday > 1 ? { id: 'monday', label: t('later-monday'), at: onDay(now, toMonday, MORNING) } : null,
  ];
  return choices.filter((choice) => choice !== null);
}

const two = (number: number) => String(number).padStart(2, '0');

/** What a native field for date and time holds. */
export function fieldOf(at: number): string {
  const date = new Date(at);
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that such a field names; `null` while it names none. */
export function momentIn(field: string): number | null {
  const at = new Date(field).getTime();
  return Number.isNaN(at) ? null : at;
}
