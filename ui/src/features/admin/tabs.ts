/** The parts of administration, each for those whose role allows it. */
import type { Permission } from '../../lib/backend';
import { t } from '../../lib/words';
import { may } from '../../state/standing.svelte';

export type Tab = 'people' | 'roles' | 'settings' | 'invites' | 'audit';

const NEEDS: Record<Tab, Permission> = { people: 'manage_people', roles: 'manage_roles', settings: 'manage_settings', invites: 'invite_to_server', audit: 'read_audit_log' };
const TABS = Object.keys(NEEDS) as Tab[];

export function tabs(): Tab[] {
  return TABS.filter((tab) => may(NEEDS[tab]));
}

export function mayAdminister(): boolean {
  return tabs().length > 0;
}

export function tabName(tab: Tab): string {
  switch (tab) {
    case 'people':
      return t('admin-people');
    case 'roles':
      return t('admin-roles');
    case 'settings':
      return t('admin-settings');
    case 'invites':
      return t('admin-invites');
    case 'audit':
      return t('admin-audit');
  }
}
