/** The administration of a server, as axe sees it. */
import { screen, waitFor } from '@testing-library/svelte';
import { test } from 'vitest';
import { BROKEN, openAdmin, tabTo } from './admin';
import { accessible, everyComponentOf, press } from './axe';

test.each([
  ['settings', 'limit-pictures-burst'],
  ['people', 'account-line'],
  ['roles', 'role-new'],
  ['invites', 'admin-invite-none'],
  ['audit', 'audit-entry'],
])('the tab %s', async (tab, shown) => {
  await openAdmin(tab);
  await accessible(shown);
});

test('settings that are changed and not saved', async () => {
  const { user } = await openAdmin('settings');
  await user.type(await waitFor(() => screen.getByTestId('limit-pictures-burst')), 'x');
  await accessible('admin-save');
});

test('somebody’s account, and the question before it is deactivated', async () => {
  const { user } = await openAdmin('people');
  await waitFor(() => screen.getAllByTestId('account-line'));
  screen.getAllByTestId('account-line').find((line) => line.dataset.username === 'maren')?.focus();
  await user.keyboard('{Enter}');
  await accessible('person-details');
  await tabTo(user, 'admin-deactivate');
  await user.keyboard('{Enter}');
  await accessible('admin-question');
});

test('a role is made', async () => {
  const { user } = await openAdmin('roles');
  await press(user, 'role-new');
  await accessible('role-name');
});

test('what does not come, and what needs a connection', async () => {
  const { fake } = await openAdmin('people', (fake) => fake.failNext('admin_people', BROKEN));
  await accessible('admin-failed');
  fake.goOffline();
  await accessible('admin-offline');
});

everyComponentOf('features/admin');
