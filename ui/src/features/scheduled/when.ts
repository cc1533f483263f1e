/** A moment that somebody has chosen in a field, and what is wrong with it. */
import type { Problem } from '../../lib/backend';
import { momentIn } from '../../lib/later';
import { SCHEDULE_MS_MIN } from '../../lib/limits';
import { t } from '../../lib/words';

export function wrongWith(field: string): Problem | null {
  const at = momentIn(field);
  if (at === null) return { code: 'no_time', message: t('later-no-time') };
  if (at < Date.now() + SCHEDULE_MS_MIN) return { code: 'too_soon', message: t('later-too-soon') };
  return null;
}

/** Which of the form's fields a problem is about. */
export const AT_WHEN = { no_time: 'when', too_soon: 'when', too_far: 'when' } as const;
