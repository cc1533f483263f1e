/** The audit log in sentences. */
import type { AuditAct, AuditEntryView, PersonView, RoleNamed, SettingChange } from '../../lib/backend';
import { nameOf } from '../../lib/people';
import { permissionName, roleName } from '../../lib/roles';
import { listed } from '../../lib/language.svelte';
import { t } from '../../lib/words';
import { settingName, settingValue } from './words';

const called = (person: PersonView | null) => (person ? nameOf(person.name) : t('audit-owner'));
const roleOf = ({ role, name }: RoleNamed) => roleName(role, name);

/** Who did what to whom. */
export function auditSentence({ actor: by, subject: whom, act }: AuditEntryView): string {
  const actor = called(by);
  const subject = whom ? nameOf(whom.name) : t('outbox-somebody');
  const oneself = by !== null && by.user === whom?.user;
  switch (act.kind) {
    case 'found':
      return t('audit-found', { actor });
    case 'give_role':
      return t('audit-give-role', { actor, subject, from: roleOf(act.from), to: roleOf(act.to) });
    case 'deactivate':
      return oneself ? t('audit-deactivate-self', { actor }) : t('audit-deactivate', { actor, subject });
    case 'reactivate':
      return oneself ? t('audit-reactivate-self', { actor }) : t('audit-reactivate', { actor, subject });
    case 'make_reset':
      return t('audit-make-reset', { actor, subject });
    case 'sign_out_everywhere':
      return t('audit-sign-out', { actor, subject });
    case 'turn_off_two_step':
      return t('audit-two-step', { actor, subject });
    case 'create_role':
      return t('audit-create-role', { actor, name: act.name });
    case 'change_role':
      return act.before === act.name ? t('audit-change-role', { actor, name: act.name }) : t('audit-rename-role', { actor, before: act.before, name: act.name });
    case 'delete_role':
      return t('audit-delete-role', { actor, name: act.name });
    case 'change_settings':
      return t('audit-change-settings', { actor });
    case 'create_invite':
      return t('audit-create-invite', { actor, role: roleOf(act.role), count: act.uses });
    case 'revoke_invite':
      return t('audit-revoke-invite', { actor });
    case 'unknown':
      return t('audit-unknown', { actor });
  }
}

/** What there is to say besides, a line each. */
export function auditDetails(act: AuditAct): string[] {
  if (act.kind === 'create_role' || act.kind === 'change_role') return [t('audit-permissions', { permissions: listed(act.permissions.map(permissionName)) || t('admin-role-nothing') })];
  return act.kind === 'change_settings' ? act.changes.flatMap(changeLines) : [];
}

function changeLines({ setting, from, to }: SettingChange): string[] {
  return settingValue(setting, from, to).map(({ what, before, after }) => t('audit-change', { setting: what ?? settingName(setting), before, after }));
}
