/** The server's settings: what is typed counts when it is saved, and stays until then. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { BROKEN, REFUSED, choose, disabled, openAdmin, tabTo, toTab } from './admin';
import type { User } from './admin';
import { findings } from './axe';
import { goTo } from '../src/state/view.svelte';

async function openSettings(...rest: Parameters<typeof openAdmin> extends [string, ...infer R] ? R : never) {
  const opened = await openAdmin('settings', ...rest);
  await waitFor(() => screen.getByTestId('admin-settings'));
  return opened;
}

const field = (testid: string) => screen.getByTestId<HTMLInputElement>(testid);

async function type(user: User, testid: string, text: string) {
  await tabTo(user, testid);
  await user.clear(field(testid));
  if (text) await user.keyboard(text);
}

describe('the settings', () => {
  test('are changed by the keyboard and saved by one button', async () => {
    const { fake, user } = await openSettings();
    expect(await findings()).toEqual([]);
    expect(disabled('admin-save')).toBe(true);
    await type(user, 'admin-name', 'Northlight at night');
    choose('admin-sign-up', 'invited');
    await type(user, 'admin-domains', '@Northlight.example, school.example  school.example');
    choose('admin-email', 'required');
    await type(user, 'admin-password', '14');
    choose('admin-default-role', 'guest');
    await type(user, 'limit-people_search-burst', '5');
    expect(screen.getByTestId('admin-unsaved').textContent).toBe('Not saved yet');
    await tabTo(user, 'admin-save');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(disabled('admin-save')).toBe(true));
    expect(fake.admin.settings).toMatchObject({ name: 'Northlight at night', sign_up: 'invited', mail_domains: ['northlight.example', 'school.example'], email: 'required', password_chars_min: 14, default_role: 'guest', retention_days: null });
    expect(fake.admin.settings.limits.people_search).toEqual({ burst: 5, per_minute: 60 });
    expect(screen.getByTestId('admin-unsaved').textContent).toBe('');
    screen.getByText("The server's settings are saved.");
  });

  test('never make new people admins', async () => {
    await openSettings();
    const options = [...screen.getByTestId<HTMLSelectElement>('admin-default-role').options].map(({ value }) => value);
    expect(options).toEqual(['member', 'guest']);
  });

  test.each([
    ['admin-name', '', 'Type what the server is called.'],
    ['admin-domains', 'northlight', 'northlight is no domain'],
    ['admin-password', '5', 'Type a number, 6 or more.'],
    ['admin-retention', '0', 'Type a number of days'],
    ['limit-pictures-minute', '0', 'Type numbers, 1 or more.'],
  ])('that are wrong are said to be at their field: %s', async (testid, typed, words) => {
    const { fake, user } = await openSettings();
    await type(user, testid, typed);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(field(testid).getAttribute('aria-invalid')).toBe('true'));
    const described = field(testid).getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toContain(words);
    expect(fake.called('admin_change_settings')).toEqual([]);
  });

  test('that delete messages warn, and ask before they are saved', async () => {
    const { fake, user } = await openSettings();
    expect(screen.queryByTestId('admin-retention-warning')).toBeNull();
    await type(user, 'admin-retention', '30');
    await waitFor(() => expect(screen.getByTestId('admin-retention-warning').textContent).toContain('older than 30 days will be deleted for everybody'));
    await user.keyboard('{Enter}');
    const question = await waitFor(() => screen.getByTestId('admin-question'));
    expect(question.textContent).toContain("can't be undone");
    expect(await findings()).toEqual([]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('admin-question')).toBeNull());
    expect(fake.called('admin_change_settings')).toEqual([]);
    expect(field('admin-retention').value).toBe('30');
    field('admin-retention').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('admin-question'));
    await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(fake.admin.settings.retention_days).toBe(30));
    await waitFor(() => expect(screen.queryByTestId('admin-question')).toBeNull());
    // Keeping them longer takes nothing from anybody.
    await type(user, 'admin-retention', '90');
    expect(screen.queryByTestId('admin-retention-warning')).toBeNull();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(fake.admin.settings.retention_days).toBe(90));
  });

  test('that the command line says are shown, and cannot be changed', async () => {
    await openSettings((fake) => (fake.admin.fixed = ['name', 'sign_up', 'limits']));
    for (const control of ['admin-name', 'admin-sign-up', 'limit-pictures-burst']) expect(disabled(control)).toBe(true);
    expect(disabled('admin-domains')).toBe(false);
    expect(screen.getAllByText("Set on the server's command line.")).toHaveLength(3);
  });

  test('that were typed stay, whatever else is looked at, and say that they are not saved', async () => {
    const { user } = await openSettings();
    await type(user, 'admin-name', 'Half a na');
    await toTab(user, 'roles');
    expect(screen.getByTestId('tab-settings').textContent).toContain('Not saved yet');
    goTo.settings();
    await waitFor(() => screen.getByTestId('settings-page'));
    await user.click(screen.getByTestId('open-admin'));
    await waitFor(() => screen.getByTestId('admin-page'));
    await toTab(user, 'settings');
    await waitFor(() => expect(field('admin-name').value).toBe('Half a na'));
    await tabTo(user, 'admin-give-up');
    await user.keyboard('{Enter}');
    expect(field('admin-name').value).toBe('Northlight');
    expect(disabled('admin-save')).toBe(true);
  });

  test('that somebody else saved meanwhile come in beside what was typed', async () => {
    const { fake, user } = await openSettings();
    await type(user, 'admin-name', 'Mine');
    fake.admin.settings = { ...fake.admin.settings, sign_up: 'closed', name: 'Theirs' };
    fake.goOffline();
    await waitFor(() => expect(screen.getByTestId('admin-unsaved').textContent).toContain('until you are connected again'));
    expect(disabled('admin-save')).toBe(true);
    expect(field('admin-name').value).toBe('Mine');
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(screen.getByTestId<HTMLSelectElement>('admin-sign-up').value).toBe('closed'));
    expect(field('admin-name').value).toBe('Mine');
  });

  test('that could not be saved stay, with the reason', async () => {
    const { fake, user } = await openSettings();
    await type(user, 'admin-name', 'Mine');
    fake.failNext('admin_change_settings', { code: 'setting_fixed', message: 'This is set on the command line of the server.' });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('problem').dataset.code).toBe('setting_fixed'));
    expect(field('admin-name').value).toBe('Mine');
    expect(disabled('admin-save')).toBe(false);
  });

  test.each([
    ['admin-failed', BROKEN],
    ['admin-refused', REFUSED],
  ])('that do not come: %s', async (state, problem) => {
    await openAdmin('settings', (fake) => fake.failNext('admin_settings', problem));
    await waitFor(() => screen.getByTestId(state));
    expect(screen.queryByTestId('admin-settings')).toBeNull();
  });
});
