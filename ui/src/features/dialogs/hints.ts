/** Whom a search for people finds, before it and when it finds nobody: without a connection, or the permission, those who are known already. */
import { t } from '../../lib/words';
import { isOffline } from '../../state/session.svelte';
import { may } from '../../state/standing.svelte';

export function findHint(): string {
  if (!may('find_people')) return t('may-not-find');
  return isOffline() ? t('new-hint-offline') : t('new-hint');
}

export function findNone(): string {
  if (!may('find_people')) return t('may-not-find');
  return isOffline() ? t('new-none-offline') : t('new-none-text');
}
