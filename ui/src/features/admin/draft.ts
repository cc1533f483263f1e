/** The server's settings as they are being typed, and back again. */
import type { LimitName, Problem, Role, ServerSettings, SettingName } from '../../lib/backend';
import { NAME_CHARS_MAX, PASSWORD_CHARS_FLOOR, charCount } from '../../lib/limits';
import { t } from '../../lib/words';

export interface Draft {
  name: string;
  sign_up: ServerSettings['sign_up'];
  /** With commas or spaces between them. */
  mail_domains: string;
  email: ServerSettings['email'];
  password_chars_min: string;
  default_role: Role;
  /** Empty: for ever. */
  retention_days: string;
  limits: Record<LimitName, { burst: string; per_minute: string }>;
}

export const LIMITS: readonly LimitName[] = ['sign_in_per_account', 'sign_in_per_address', 'sign_in_per_device', 'sign_up_per_address', 'codes_per_account', 'people_search', 'invite_links', 'pictures'];

const each = <T>(of: (name: LimitName) => T) => Object.fromEntries(LIMITS.map((name) => [name, of(name)])) as Record<LimitName, T>;

export function draftOf(settings: ServerSettings): Draft {
  return {
    ...settings,
    mail_domains: settings.mail_domains.join(', '),
    password_chars_min: String(settings.password_chars_min),
    retention_days: settings.retention_days === null ? '' : String(settings.retention_days),
    // An older server may not know one of them: it stands empty, and has to be said before anything is saved.
    limits: each((name) => ({ burst: String(settings.limits[name]?.burst ?? ''), per_minute: String(settings.limits[name]?.per_minute ?? '') })),
  };
}

export function settingsOf(draft: Draft): ServerSettings {
  return {
    ...draft,
    name: draft.name.trim(),
    mail_domains: domainsOf(draft.mail_domains),
    password_chars_min: Number(draft.password_chars_min),
    retention_days: draft.retention_days.trim() === '' ? null : Number(draft.retention_days),
    limits: each((name) => ({ burst: Number(draft.limits[name].burst), per_minute: Number(draft.limits[name].per_minute) })),
  };
}

function domainsOf(typed: string): string[] {
  const words = typed.split(/[\s,;]+/).map((word) => word.replace(/^@/, '').toLowerCase());
  return [...new Set(words.filter(Boolean))];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Whether something is typed that is not saved. */
export function isChanged({ base, draft }: { base: ServerSettings | null; draft: Draft | null }): boolean {
  return base !== null && draft !== null && !same(draft, draftOf(base));
}

/** What was typed, over what somebody else has saved meanwhile. */
export function rebased(draft: Draft, base: ServerSettings, fresh: ServerSettings): Draft {
  const [before, now] = [draftOf(base), draftOf(fresh)];
  const names = Object.keys(now) as (keyof Draft)[];
  return Object.fromEntries(names.map((name) => [name, same(draft[name], before[name]) ? now[name] : draft[name]])) as unknown as Draft;
}

/** Messages that are kept now would be deleted by it. */
export function keepsLess(base: ServerSettings, to: ServerSettings): boolean {
  return to.retention_days !== null && (base.retention_days === null || to.retention_days < base.retention_days);
}

const isCount = (typed: string, least: number) => /^\d{1,9}$/.test(typed.trim()) && Number(typed) >= least;

/** What can be said without asking the server: at the first setting that is wrong. */
export function wrong(draft: Draft): { setting: SettingName; limit?: LimitName; problem: Problem } | null {
  const say = (setting: SettingName, message: string, limit?: LimitName) => ({ setting, ...(limit ? { limit } : {}), problem: { code: 'bad_request', message } });
  if (!draft.name.trim()) return say('name', t('admin-name-missing'));
  if (charCount(draft.name.trim()) > NAME_CHARS_MAX) return say('name', t('create-name-long', { max: NAME_CHARS_MAX }));
  const odd = domainsOf(draft.mail_domains).find((domain) => !/^[^@\s.]+(\.[^@\s.]+)+$/.test(domain));
  if (odd !== undefined) return say('mail_domains', t('admin-domain-wrong', { domain: odd }));
  if (!isCount(draft.password_chars_min, PASSWORD_CHARS_FLOOR)) return say('password_chars_min', t('admin-password-wrong', { min: PASSWORD_CHARS_FLOOR }));
  if (draft.retention_days.trim() !== '' && !isCount(draft.retention_days, 1)) return say('retention_days', t('admin-retention-wrong'));
  const limit = LIMITS.find((name) => !isCount(draft.limits[name].burst, 1) || !isCount(draft.limits[name].per_minute, 1));
  return limit === undefined ? null : say('limits', t('admin-limit-wrong'), limit);
}
