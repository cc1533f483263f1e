/** What roles and permissions are called, and what they mean. */
import type { Permission, Role } from './backend';
import { t } from './words';

/** Everything that a role may allow, in the order in which it is asked. */
export const PERMISSIONS: readonly Permission[] = ['find_people', 'start_conversations', 'create_groups', 'invite_to_server', 'manage_people', 'manage_roles', 'manage_settings', 'read_audit_log'];

/** `name`: of a role that was made. */
export function roleName(role: Role, name: string | null): string {
  if (name) return name;
  if (role === 'admin') return t('server-role-admin');
  if (role === 'member') return t('server-role-member');
  return role === 'guest' ? t('server-role-guest') : t('server-role-unknown');
}

export function isMade(role: Role): boolean {
  return role !== 'admin' && role !== 'member' && role !== 'guest';
}

/** What a built-in role is. */
export function roleText(role: Role): string {
  if (role === 'admin') return t('server-role-admin-text');
  return role === 'member' ? t('server-role-member-text') : t('server-role-guest-text');
}

export function permissionName(permission: Permission): string {
  switch (permission) {
    case 'find_people':
      return t('permission-find-people');
    case 'start_conversations':
      return t('permission-start-conversations');
    case 'create_groups':
      return t('permission-create-groups');
    case 'invite_to_server':
      return t('permission-invite-to-server');
    case 'manage_people':
      return t('permission-manage-people');
    case 'manage_roles':
      return t('permission-manage-roles');
    case 'manage_settings':
      return t('permission-manage-settings');
    case 'read_audit_log':
      return t('permission-read-audit-log');
  }
}

export function permissionText(permission: Permission): string {
  switch (permission) {
    case 'find_people':
      return t('permission-find-people-text');
    case 'start_conversations':
      return t('permission-start-conversations-text');
    case 'create_groups':
      return t('permission-create-groups-text');
    case 'invite_to_server':
      return t('permission-invite-to-server-text');
    case 'manage_people':
      return t('permission-manage-people-text');
    case 'manage_roles':
      return t('permission-manage-roles-text');
    case 'manage_settings':
      return t('permission-manage-settings-text');
    case 'read_audit_log':
      return t('permission-read-audit-log-text');
  }
}
