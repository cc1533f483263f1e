/** How much of a conversation is on this computer, in words. */
import type { CoverageView, Period } from '../../lib/backend';
import { listed } from '../../lib/language.svelte';
import { dateOf, datesOf } from '../../lib/time';
import { t } from '../../lib/words';

/** `offline`: what is missing cannot come now. */
export function coverageText(coverage: CoverageView, offline: boolean): string {
  const { messages, since, complete, missing, holes } = coverage;
  if (complete) return since === null ? t('coverage-empty') : t('coverage-whole', { date: dateOf(since), count: messages });
  if (since === null) return offline ? t('coverage-none-offline') : t('coverage-none');
  const here = missing > 0 ? t('coverage-part-of', { count: messages, missing }) : t('coverage-part', { count: messages });
  const when = holes.length > 0 ? [t('coverage-missing', { periods: periodsText(holes) })] : [];
  return [here, offline ? t('coverage-later') : t('coverage-arriving'), ...when].join(' ');
}

/** When what is missing was written, the oldest first, as one reads days. */
export function periodsText(holes: Period[]): string {
  return listed(holes.map(periodText).toReversed());
}

function periodText({ from, to }: Period): string {
  if (from !== null && to !== null) return datesOf(from, to);
  if (to !== null) return t('coverage-before', { date: dateOf(to) });
  return from !== null ? t('coverage-after', { date: dateOf(from) }) : t('coverage-all');
}
