/** What the server's settings are called, and what they say. */
import type { EmailPolicy, LimitName, Rate, Role, SettingName, SignUpPolicy } from '../../lib/backend';
import { listed, numbered } from '../../lib/language.svelte';
import { t } from '../../lib/words';
import { LIMITS } from './draft';
import { roles } from '../../state/roles.svelte';

export function settingName(setting: SettingName): string {
  switch (setting) {
    case 'name':
      return t('admin-name');
    case 'sign_up':
      return t('admin-sign-up');
    case 'mail_domains':
      return t('admin-domains');
    case 'email':
      return t('settings-email');
    case 'password_chars_min':
      return t('admin-password');
    case 'default_role':
      return t('admin-default-role');
    case 'retention_days':
      return t('admin-retention');
    case 'limits':
      return t('admin-limits');
  }
}

export function limitName(limit: LimitName): string {
  switch (limit) {
    case 'sign_in_per_account':
      return t('limit-sign-in-per-account');
    case 'sign_in_per_address':
      return t('limit-sign-in-per-address');
    case 'sign_in_per_device':
      return t('limit-sign-in-per-device');
    case 'sign_up_per_address':
      return t('limit-sign-up-per-address');
    case 'codes_per_account':
      return t('limit-codes-per-account');
    case 'people_search':
      return t('limit-people-search');
    case 'invite_links':
      return t('limit-invite-links');
    case 'pictures':
      return t('limit-pictures');
  }
}

function signUp(policy: SignUpPolicy): string {
  if (policy === 'open') return t('admin-sign-up-open');
  return policy === 'invited' ? t('admin-sign-up-invited') : t('admin-sign-up-closed');
}

function email(policy: EmailPolicy): string {
  if (policy === 'optional') return t('admin-email-optional');
  return policy === 'required' ? t('admin-email-required') : t('admin-email-off');
}

const rate = (one: Rate | undefined) => (one ? t('audit-rate', { burst: one.burst, minute: one.per_minute }) : '–');

/** One of them, of JSON, in words. */
function spoken(setting: SettingName, value: unknown): string {
  if (setting === 'sign_up') return signUp(value as SignUpPolicy);
  if (setting === 'email') return email(value as EmailPolicy);
  if (setting === 'default_role') return roles.name(value as Role);
  if (setting === 'retention_days') return value === null ? t('audit-for-ever') : t('audit-days', { count: Number(value) });
  if (setting === 'mail_domains') return listed(value as string[]) || t('audit-any-domain');
  return typeof value === 'number' ? numbered(value) : String(value);
}

interface Spoken {
  /** Where a setting is several. */
  what?: string;
  before: string;
  after: string;
}

/** A setting that became another, both as JSON; as it stands there when it is not what this version knows. */
export function settingValue(setting: SettingName, from: string, to: string): Spoken[] {
  try {
    const [before, after]: [unknown, unknown] = [JSON.parse(from), JSON.parse(to)];
    if (setting !== 'limits') return [{ before: spoken(setting, before), after: spoken(setting, after) }];
    const [was, is] = [before as Partial<Record<LimitName, Rate>>, after as Partial<Record<LimitName, Rate>>];
    return LIMITS.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name])).map((name) => ({ what: limitName(name), before: rate(was[name]), after: rate(is[name]) }));
  } catch {
    return [{ before: from, after: to }];
  }
}
