/** The settings, every group and dialog of them, as axe sees them; and the parts of which all pages are made. */
import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { goTo } from '../src/state/view.svelte';
import { accessible, everyComponentOf, findings, press } from './axe';
import { openConversation, openPage, scenario, settled } from './page';

// happy-dom draws nothing: an image is what it says of itself here.
beforeEach(() => void vi.stubGlobal('createImageBitmap', async () => ({ width: 800, height: 400, close() {} })));
afterEach(() => void vi.unstubAllGlobals());

async function open(change: (fake: Fake) => void = () => {}, name = 'everyday') {
  const fake = scenario(name);
  change(fake);
  const user = await openPage(fake);
  await press(user, 'open-settings');
  await waitFor(() => screen.getByTestId('settings-page'));
  await settled();
  return { fake, user };
}

test('every group, with somebody blocked, quiet hours and words', async () => {
  const { user } = await open((fake) => {
    fake.friends = { ...fake.friends, blocked: fake.people.slice(0, 2) };
    fake.settings = { ...fake.settings, quiet_hours: { on: true, from: 1_320, to: 420, days: [1, 2], zone: null }, keywords: ['lamp'] };
  });
  await accessible('settings-unblock', 'quiet-day', 'keyword-kept', 'device');
  await user.type(screen.getByTestId('keyword'), 'lamp{Enter}');
  expect(await findings()).toEqual([]);
});

test.each(['offline', 'session_ended', 'guest'])('%s', async (name) => {
  await open(() => {}, name);
  expect(await findings()).toEqual([]);
});

test.each([
  ['email-change', 'new-email'],
  ['email-remove', 'remove-email-dialog'],
  ['password-change', 'current-password'],
  ['account-deactivate', 'deactivate-account'],
  ['account-delete', 'delete-account'],
  ['device-rename', 'rename-device'],
  ['device-sign-out', 'sign-out-device'],
  ['sign-out-others', 'sign-out-device'],
])('the dialog behind %s', async (button, dialog) => {
  const { user } = await open();
  await press(user, button);
  await accessible(dialog);
});

test('signing out while something waits', async () => {
  const { user } = await open(() => {}, 'failed');
  await press(user, 'sign-out');
  await accessible('sign-out-question');
});

test('two-step sign-in is turned on, and off again', async () => {
  const { user } = await open();
  await press(user, 'two-step-on');
  await user.type(await waitFor(() => screen.getByTestId('two-step-password')), 'hers{Enter}');
  await user.type(await waitFor(() => screen.getByTestId('two-step-code')), '246810');
  expect(await findings()).toEqual([]);
  await user.keyboard('{Enter}');
  await accessible('recovery-code');
});

test('turning it off takes a code', async () => {
  const { user } = await open((fake) => (fake.two_step = 1));
  await press(user, 'two-step-off');
  await accessible('prove-dialog');
});

test('a provider is linked, and stands in for a password', async () => {
  const linked = { id: 'e-1', provider: 'Example', provider_id: 'example', label: 'elin@id.example.org', linked_at: 1, refused_at: 2 };
  const { user, fake } = await open((fake) => (fake.ways = { accounts: [linked], providers: [{ id: 'example', name: 'Example' }], password: true, password_changed_at: null }));
  await press(user, 'link');
  await accessible('link-password');
  expect(fake.visit).toBeNull();
});

test('who has no password sets one, or says by the provider who it is', async () => {
  const linked = { id: 'e-1', provider: 'Example', provider_id: 'example', label: 'elin@id.example.org', linked_at: 1, refused_at: null };
  const { user } = await open((fake) => (fake.ways = { accounts: [linked], providers: [{ id: 'example', name: 'Example' }], password: false, password_changed_at: null }));
  await press(user, 'password-set');
  await accessible('set-password-dialog');
  await user.type(screen.getByTestId('new-password'), 'staple');
  await accessible('strength');
  await press(user, 'account-delete');
  await accessible('delete-password-provider');
});

test('an archive is made', async () => {
  const { user, fake } = await open();
  await press(user, 'archive-open');
  await waitFor(() => expect(fake.making).not.toBeNull());
  fake.making?.isAt({ done: 1, conversations: 4, messages: 400 });
  await accessible('archive-progress');
  fake.making?.ends({ path: '/home/elin/hearth-elin.zip', conversations: 4, messages: 1234, bytes: 99_000, from_here: false, incomplete: 1 });
  await accessible('archive-incomplete');
});

test('a picture is cut', async () => {
  const { user } = await open();
  await user.upload(await waitFor(() => screen.getByTestId<HTMLInputElement>('picture-file')), new File(['photo'], 'me.png', { type: 'image/png' }));
  await accessible('picture-stage');
});

test('pages in tabs', async () => {
  await openPage(scenario('admin'));
  goTo.admin();
  await accessible('admin-page');
});

test('what went wrong', async () => {
  const { user, fake } = await open();
  fake.failNext('delete_account', { code: 'only_owner', message: 'You are the only owner of a group.' });
  await press(user, 'account-delete');
  await user.type(await waitFor(() => screen.getByTestId('delete-password')), 'hers{Enter}');
  await accessible('problem');
});

test('a menu, and what is pressed like a link', async () => {
  const user = await openConversation(scenario('failed'), 'c-maren');
  await press(user, 'conversation-more');
  await accessible('conversation-menu', 'message-discard');
});

test('a window with nothing in it yet', async () => {
  await openPage(scenario('empty'));
  await waitFor(() => screen.getByText('No conversations yet'));
  expect(await findings()).toEqual([]);
});

test('a message in a place of its own', async () => {
  const fake = scenario('everyday');
  const said = fake.find('c-maren').messages.at(-1);
  if (said) said.starred_at = 1;
  await openPage(fake);
  goTo.starred();
  await accessible('marked-line');
});

everyComponentOf('features/settings', 'shared');
