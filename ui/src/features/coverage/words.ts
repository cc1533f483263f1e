/** How much of a conversation is on this computer, in words. */
import type { CoverageView } from '../../lib/backend';
import { dateOf } from '../../lib/time';
import { t } from '../../lib/words';

/** `offline`: what is missing cannot come now. */
export function coverageText(coverage: CoverageView, offline: boolean): string {
  const { messages, since, complete, missing } = coverage;
  if (complete) return since === null ? t('coverage-empty') : t('coverage-whole', { date: dateOf(since), count: messages });
  if (since === null) return offline ? t('coverage-none-offline') : t('coverage-none');
  const here = missing > 0 ? t('coverage-part-of', { count: messages, missing }) : t('coverage-part', { count: messages });
  return `${here} ${offline ? t('coverage-later') : t('coverage-arriving')}`;
}
