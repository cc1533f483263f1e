/** Roles: those that every server has, and those that are made. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Permission } from '../src/lib/backend';
import { standingOf } from '../src/lib/backend/fake/roles';
import { BROKEN, REFUSED, disabled, openAdmin, tabTo } from './admin';
import { findings } from './axe';

const lines = () => screen.queryAllByTestId('role-line');
const line = (role: string) => {
  const found = lines().find((one) => one.dataset.role === role);
  if (!found) throw new Error(`no role ${role}`);
  return within(found);
};
const helper = { role: 'role-helper', name: 'Helper', permissions: ['find_people', 'manage_people'] as Permission[] };

async function openRoles(...rest: Parameters<typeof openAdmin> extends [string, ...infer R] ? R : never) {
  const opened = await openAdmin('roles', ...rest);
  await waitFor(() => expect(lines().length).toBeGreaterThanOrEqual(3));
  return opened;
}

describe('the list', () => {
  test('explains the roles that every server has, and tells of each how many have it', async () => {
    await openRoles();
    expect(lines().map(({ dataset }) => dataset.role)).toEqual(['admin', 'member', 'guest']);
    expect(lines()[0]?.textContent).toMatch(/Admin.*May do everything.*1 person has it/s);
    expect(lines()[2]?.textContent).toMatch(/Guest.*Nobody has it/s);
    expect(screen.queryByTestId('role-edit')).toBeNull();
    expect(await findings()).toEqual([]);
  });

  test.each([
    ['admin-failed', BROKEN],
    ['admin-refused', REFUSED],
  ])('that does not come: %s', async (state, problem) => {
    const { fake } = await openAdmin('roles', (fake) => fake.goOffline());
    screen.getByTestId('admin-offline');
    fake.failNext('admin_roles', problem);
    fake.setConnection({ kind: 'live' });
    await waitFor(() => screen.getByTestId(state));
  });

  test('needs a connection', async () => {
    await openAdmin('roles', (fake) => fake.goOffline());
    screen.getByTestId('admin-offline');
    expect(disabled('role-new')).toBe(true);
  });
});

describe('a role', () => {
  test('is made by the keyboard alone, with what it allows', async () => {
    const { fake, user } = await openRoles();
    await tabTo(user, 'role-new');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('role-name')));
    expect(await findings()).toEqual([]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('role-name').getAttribute('aria-invalid')).toBe('true'));
    expect(fake.called('admin_create_role')).toEqual([]);
    await user.keyboard('Moderator');
    await tabTo(user, 'permission-manage_people');
    await user.keyboard(' ');
    await tabTo(user, 'permission-read_audit_log');
    await user.keyboard(' ');
    await tabTo(user, 'role-save');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(lines()).toHaveLength(4));
    expect(fake.called('admin_create_role')).toEqual([{ name: 'Moderator', permissions: ['manage_people', 'read_audit_log'] }]);
    expect(lines()[3]?.textContent).toMatch(/Moderator.*Manage people, Read the audit log.*Nobody has it/s);
  });

  test('is changed, and what was typed stays when that fails', async () => {
    const { fake, user } = await openRoles((fake) => (fake.admin.roles = [helper]));
    line('role-helper').getByTestId('role-edit').focus();
    await user.keyboard('{Enter}');
    const name = await waitFor(() => screen.getByTestId<HTMLInputElement>('role-name'));
    expect(name.value).toBe('Helper');
    expect(screen.getByTestId<HTMLInputElement>('permission-manage_people').checked).toBe(true);
    await user.clear(name);
    await user.type(name, 'First aid');
    fake.failNext('admin_change_role', BROKEN);
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByText(BROKEN.message));
    expect(name.value).toBe('First aid');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(line('role-helper').getByText('First aid')).toBeTruthy());
  });

  test('that somebody has is not deleted, and the question says so', async () => {
    const { fake, user } = await openRoles((fake) => {
      fake.admin.roles = [helper];
      fake.admin.accounts = fake.admin.accounts.map((one) => (one.person.username === 'maren' ? { ...one, role: 'role-helper' } : one));
    });
    line('role-helper').getByTestId('role-delete').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('admin-question').textContent).toContain('1 person has this role. Give them another one first.'));
    expect(disabled('admin-question-go')).toBe(true);
    expect(await findings()).toEqual([]);
    expect(fake.called('admin_delete_role')).toEqual([]);
  });

  test('that somebody got meanwhile is refused by the server; afterwards it goes', async () => {
    const { fake, user } = await openRoles((fake) => (fake.admin.roles = [helper]));
    const before = fake.admin.accounts;
    fake.admin.accounts = before.map((one) => (one.person.username === 'maren' ? { ...one, role: 'role-helper' } : one));
    line('role-helper').getByTestId('role-delete').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('admin-question'));
    await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('problem').dataset.code).toBe('role_in_use'));
    fake.admin.accounts = before;
    await user.click(screen.getByTestId('admin-question-go'));
    await waitFor(() => expect(lines()).toHaveLength(3));
  });

  test('allows no more than mine does', async () => {
    const mine: Permission[] = ['find_people', 'manage_roles'];
    const { fake, user } = await openRoles((fake) => {
      fake.admin.roles = [helper, { role: 'role-mine', name: 'Mine', permissions: mine }];
      fake.standing = standingOf('role-mine', mine, 'Mine');
    });
    expect(line('role-helper').getByTestId<HTMLButtonElement>('role-edit').disabled).toBe(true);
    expect(line('role-helper').getByText(/allows more than yours/)).toBeTruthy();
    await user.click(screen.getByTestId('role-new'));
    await waitFor(() => screen.getByTestId('role-name'));
    expect(disabled('permission-manage_people')).toBe(true);
    expect(disabled('permission-find_people')).toBe(false);
    expect(fake.called('admin_people')).toEqual([]);
  });
});
