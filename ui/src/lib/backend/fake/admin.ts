/** The fake's administration: it refuses what a server would, by the role of who asks, and writes down what was done. */
import type { Commands } from '../commands';
import type { AdminPersonView, AuditAct, AuditEntryView, Permission, PersonView, Problem, Role, RoleNamed, ServerInviteView, ServerSettings, SettingName } from '../types';
import type { Fake } from './fake';
import { ME, freshId } from './model';
import { builtIn } from './roles';

type Names = Extract<keyof Commands, `admin_${string}`> | 'get_standing' | 'deactivate_account';
type AdminHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };
export type Account = Omit<AdminPersonView, 'within_reach' | 'role_name'>;

const OFFLINE: Problem = { code: 'offline', message: 'This needs the server, and it cannot be reached now. Try again when you are back online.' };
const NOT_ALLOWED: Problem = { code: 'not_allowed', message: 'Your role on this server does not allow that.' };
const NOT_FOUND: Problem = { code: 'not_found', message: 'There is nothing here, or it is not yours to see.' };
const IN_USE: Problem = { code: 'role_in_use', message: 'Somebody still has this role. Give them another one first.' };
const LAST_ADMIN: Problem = { code: 'role_in_use', message: 'You are the only admin of this server. Make somebody else one first.' };
const FIXED: Problem = { code: 'setting_fixed', message: 'This is set on the command line of the server.' };
const DAY_MS = 86_400_000;

/** What the server keeps of it. */
export class AdminWorld {
  accounts: Account[] = [];
  roles: { role: Role; name: string; permissions: Permission[] }[] = [];
  settings: ServerSettings = {
    name: 'Northlight',
    sign_up: 'open',
    mail_domains: [],
    email: 'optional',
    password_chars_min: 10,
    default_role: 'member',
    retention_days: null,
    limits: {
      sign_in_per_account: { burst: 10, per_minute: 1 },
      sign_in_per_address: { burst: 50, per_minute: 10 },
      sign_in_per_device: { burst: 20, per_minute: 4 },
      sign_up_per_address: { burst: 10, per_minute: 1 },
      codes_per_account: { burst: 3, per_minute: 1 },
      people_search: { burst: 60, per_minute: 60 },
      invite_links: { burst: 20, per_minute: 5 },
      pictures: { burst: 10, per_minute: 5 },
    },
  };
  fixed: SettingName[] = [];
  invites: ServerInviteView[] = [];
  /** The newest first. */
  audit: AuditEntryView[] = [];
  /** So many are told at a time. */
  page = 50;

  /** Everybody with an account, the person of the window first. */
  populate(people: PersonView[], now: number): void {
    this.accounts = [ME, ...people].map((person, at) => ({
      person,
      role: at === 0 ? 'admin' : 'member',
      email: `${person.username}@example.org`,
      email_verified: at % 3 !== 2,
      created_at: now - (400 - at) * DAY_MS,
      last_seen: at === 4 ? null : now - at * DAY_MS,
      deactivated: null,
      two_step: at % 4 === 1,
      devices: at % 3,
    }));
    this.log(ME, null, { kind: 'found' }, now - 400 * DAY_MS);
  }

  log(actor: PersonView | null, subject: PersonView | null, act: AuditAct, at: number): void {
    this.audit = [{ n: this.audit.length + 1, at, actor, subject, act }, ...this.audit];
  }

  permissionsOf(role: Role): Permission[] {
    return this.roles.find((made) => made.role === role)?.permissions ?? builtIn(role);
  }

  named(role: Role): RoleNamed {
    return { role, name: this.roles.find((made) => made.role === role)?.name ?? '' };
  }
}

export function adminHandlers(fake: Fake): AdminHandlers {
  const world = () => fake.admin;
  const me = () => (fake.phase.kind === 'ready' ? fake.phase.me : ME);
  const covers = (permissions: Permission[]) => permissions.every((one) => fake.standing.permissions.includes(one));

  function online(): void {
    if (fake.connection.kind !== 'live') throw OFFLINE;
  }

  function gate(permission: Permission): void {
    online();
    if (!covers([permission])) throw NOT_ALLOWED;
  }

  const log = (subject: PersonView | null, act: AuditAct): null => (world().log(me(), subject, act, fake.now()), null);
  const within = (account: Account) => account.person.user !== me().user && covers(world().permissionsOf(account.role));

  function reach(user: string): Account {
    gate('manage_people');
    const account = world().accounts.find(({ person }) => person.user === user);
    if (!account) throw NOT_FOUND;
    if (!within(account)) throw NOT_ALLOWED;
    return account;
  }

  function change(account: Account, to: Partial<Account>, act: AuditAct): null {
    world().accounts = world().accounts.map((one) => (one === account ? { ...one, ...to } : one));
    if ('deactivated' in to) fake.tells(account.person.user, { deactivated: to.deactivated !== null });
    return log(account.person, act);
  }

  function made(id: Role): AdminWorld['roles'][number] {
    gate('manage_roles');
    const role = world().roles.find((one) => one.role === id);
    if (!role) throw NOT_FOUND;
    if (!covers(role.permissions)) throw NOT_ALLOWED;
    return role;
  }

  function allowed(permissions: Permission[]): void {
    if (!covers(permissions)) throw NOT_ALLOWED;
  }

  return {
    get_standing: () => fake.standing,
    admin_people: ({ query, state, after }) => {
      gate('manage_people');
      const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = ({ person, email, deactivated }: Account) => {
        const words = `${person.username} ${person.name} ${email ?? ''}`.toLowerCase().split(/[\s.]/);
        return (state === 'all' || (state === 'deactivated') === (deactivated !== null)) && wanted.every((start) => [...words, email ?? ''].some((word) => word.startsWith(start)));
      };
      const all = world().accounts.filter(fits).sort((a, b) => (a.person.username < b.person.username ? -1 : 1));
      const rest = all.filter(({ person }) => after === null || person.username > after);
      const people = rest.slice(0, world().page).map((account) => ({ ...account, role_name: world().named(account.role).name || null, within_reach: within(account) }));
      return { people, next: rest.length > people.length ? (people.at(-1)?.person.username ?? null) : null, count: all.length };
    },
    admin_give_role: ({ user, role }) => {
      const account = reach(user);
      allowed(world().permissionsOf(role));
      return change(account, { role }, { kind: 'give_role', from: world().named(account.role), to: world().named(role) });
    },
    admin_deactivate: ({ user }) => change(reach(user), { deactivated: { at: fake.now(), by_oneself: false }, devices: 0 }, { kind: 'deactivate' }),
    admin_reactivate: ({ user }) => change(reach(user), { deactivated: null }, { kind: 'reactivate' }),
    admin_sign_out: ({ user }) => change(reach(user), { devices: 0 }, { kind: 'sign_out_everywhere' }),
    admin_turn_off_two_step: ({ user }) => change(reach(user), { two_step: false }, { kind: 'turn_off_two_step' }),
    admin_reset: ({ user }) => {
      const account = reach(user);
      log(account.person, { kind: 'make_reset' });
      return { code: '73914028', expires_at: fake.now() + DAY_MS, mailed: fake.mail && account.email_verified };
    },
    admin_roles: () => {
      online();
      if (!(['manage_roles', 'manage_people', 'invite_to_server', 'manage_settings'] as const).some((one) => covers([one]))) throw NOT_ALLOWED;
      const listed = (role: Role, name: string, permissions: Permission[]) => ({ role, name, permissions, people: world().accounts.filter((account) => account.role === role).length, within_reach: covers(permissions) });
      const byName = [...world().roles].sort((a, b) => a.name.localeCompare(b.name));
      return [...['admin', 'member', 'guest'].map((role) => listed(role, '', builtIn(role))), ...byName.map((one) => listed(one.role, one.name, one.permissions))];
    },
    admin_create_role: ({ name, permissions }) => {
      gate('manage_roles');
      allowed(permissions);
      const role = freshId('role');
      world().roles = [...world().roles, { role, name, permissions }];
      log(null, { kind: 'create_role', name, permissions });
      return role;
    },
    admin_change_role: ({ id, name, permissions }) => {
      const before = made(id);
      allowed(permissions);
      world().roles = world().roles.map((one) => (one === before ? { ...one, name, permissions } : one));
      return log(null, { kind: 'change_role', before: before.name, name, permissions });
    },
    admin_delete_role: ({ id }) => {
      const role = made(id);
      if (world().accounts.some((account) => account.role === id) || world().settings.default_role === id) throw IN_USE;
      world().roles = world().roles.filter((one) => one !== role);
      return log(null, { kind: 'delete_role', name: role.name });
    },
    admin_settings: () => (gate('manage_settings'), { settings: world().settings, fixed: world().fixed }),
    admin_change_settings: ({ settings }) => {
      gate('manage_settings');
      const { settings: before, fixed } = world();
      const names = (Object.keys(before) as SettingName[]).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(settings[name]));
      if (names.some((name) => fixed.includes(name))) throw FIXED;
      world().settings = settings;
      log(null, { kind: 'change_settings', changes: names.map((setting) => ({ setting, from: JSON.stringify(before[setting]), to: JSON.stringify(settings[setting]) })) });
      return { settings, fixed };
    },
    admin_invites: () => (gate('invite_to_server'), world().invites),
    admin_create_invite: ({ role, lives_ms, uses }) => {
      gate('invite_to_server');
      allowed(world().permissionsOf(role));
      const invite = { id: freshId('inv'), role, made_by: me(), created_at: fake.now(), expires_at: fake.now() + lives_ms, uses_left: uses };
      world().invites = [invite, ...world().invites];
      log(null, { kind: 'create_invite', role: world().named(role), uses });
      return { link: `hearth://sign-up/northlight.example.org:7380/${invite.id.padEnd(43, 'x')}`, invite };
    },
    admin_revoke_invite: ({ id }) => {
      gate('invite_to_server');
      world().invites = world().invites.filter((invite) => invite.id !== id);
      return log(null, { kind: 'revoke_invite' });
    },
    admin_audit: ({ before }) => {
      gate('read_audit_log');
      const rest = world().audit.filter(({ n }) => before === null || n < before);
      const entries = rest.slice(0, world().page);
      return { entries, next: rest.length > entries.length ? (entries.at(-1)?.n ?? null) : null };
    },
    deactivate_account: () => {
      online();
      const others = world().accounts.some(({ person, role, deactivated }) => person.user !== me().user && role === 'admin' && !deactivated);
      if (fake.phase.kind !== 'ready') throw NOT_FOUND;
      if (fake.standing.role === 'admin' && !others) throw LAST_ADMIN;
      const { me: returning, server } = fake.phase;
      log(returning, { kind: 'deactivate' });
      fake.setPhase({ kind: 'sign_in', server, returning, reason: { kind: 'deactivated' } });
      return null;
    },
  };
}
