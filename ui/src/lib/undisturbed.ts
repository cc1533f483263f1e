/** Do not disturb: whether it is on, and until when it may be. All take milliseconds since 1970 by the clock of this computer. */
import type { Settings } from './backend';

const MINUTE_MS = 60_000;

export type Undisturbed = Pick<Settings, 'do_not_disturb' | 'do_not_disturb_until_local'>;
export type Length = 'off' | 'half_hour' | 'hour' | 'tomorrow' | 'for_ever';

export function isUndisturbed({ do_not_disturb, do_not_disturb_until_local: until }: Undisturbed, now: number): boolean {
  return do_not_disturb && (until === null || now < until);
}

export function undisturbed(length: Length, now: number): Undisturbed {
  return { do_not_disturb: length !== 'off', do_not_disturb_until_local: ends(length, now) };
}

function ends(length: Length, now: number): number | null {
  if (length === 'half_hour') return now + 30 * MINUTE_MS;
  if (length === 'hour') return now + 60 * MINUTE_MS;
  if (length !== 'tomorrow') return null;
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1).getTime();
}
