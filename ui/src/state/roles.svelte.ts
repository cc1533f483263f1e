/** The roles of the server, for those who may give one. Who may not see the list still gives the ones that every server has. */
import { call } from '../lib/backend';
import type { Role, RoleListed } from '../lib/backend';
import { roleName } from '../lib/roles';

const USUAL: RoleListed[] = ['member', 'guest'].map((role) => ({ role, name: '', permissions: [], people: 0, within_reach: true }));

class Roles {
  list = $state.raw<RoleListed[]>(USUAL);

  /** What cannot be read now stays as it was: what it is needed for says what is wrong. */
  async refresh(): Promise<void> {
    try {
      this.list = await call('admin_roles');
    } catch {
      return;
    }
  }

  name(role: Role): string {
    return roleName(role, this.list.find((one) => one.role === role)?.name ?? null);
  }

  clear(): void {
    this.list = USUAL;
  }

  /** Those that I may give, and the one that is given. */
  options(current: Role, admins: boolean): { value: Role; label: string }[] {
    const fit = this.list.filter(({ role, within_reach }) => role === current || (within_reach && (admins || role !== 'admin')));
    const all = fit.some(({ role }) => role === current) ? fit.map(({ role }) => role) : [current, ...fit.map(({ role }) => role)];
    return all.map((role) => ({ value: role, label: this.name(role) }));
  }
}

export const roles = new Roles();
