/** What goes with a role in the fake. */
import type { Permission, Role, Standing } from '../types';
import { MADE_AT } from './model';

export const EVERY: readonly Permission[] = ['find_people', 'start_conversations', 'create_groups', 'invite_to_server', 'manage_people', 'manage_roles', 'manage_settings', 'read_audit_log'];

const BUILT_IN: Record<string, readonly Permission[]> = { admin: EVERY, member: EVERY.slice(0, 3), guest: [] };

/** Of a built-in role; nothing of one that was made. */
export function builtIn(role: Role): Permission[] {
  return [...(BUILT_IN[role] ?? [])];
}

/** Who has this role. */
export function standingOf(role: Role, permissions: Permission[] = builtIn(role), role_name: string | null = null): Standing {
  return { role, role_name, permissions, role_waits: null, created_at: MADE_AT };
}
