/** Why something scheduled could not be sent, and what is with it now. */
import type { ScheduledView } from '../../lib/backend';
import { whenOf } from '../../lib/time';
import { t, worded } from '../../lib/words';

function reasonOf(code: string): string {
  switch (code) {
    case 'not_found':
      return t('scheduled-failed-not-found');
    case 'not_allowed':
      return t('scheduled-failed-not-allowed');
    case 'deactivated':
      return t('scheduled-failed-deactivated');
    case 'restored':
      return t('scheduled-failed-restored');
    default:
      return t('scheduled-failed-other');
  }
}

export function stateOf(item: ScheduledView, now: number): string {
  if (item.change?.state.kind === 'failed') return worded(item.change.state.problem).message;
  if (item.reason !== null) return reasonOf(item.reason);
  const when = whenOf(item.send_at, now);
  if (item.send_at <= now) return item.only_here ? t('scheduled-when-online') : t('scheduled-now');
  return item.only_here ? t('scheduled-only-here', { when }) : when;
}
