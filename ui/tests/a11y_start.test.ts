/** Before one is in, and whose account it is, as axe sees it. */
import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { FakeAccounts } from '../src/lib/backend/fake/accounts';
import { session } from '../src/state/session.svelte';
import { accessible, everyComponentOf, findings, press } from './axe';
import { openPage, row, scenario } from './page';

test.each(['first_run', 'sign_in', 'invited', 'closed', 'sign_up', 'set_up', 'returning', 'deactivated', 'account_deleted', 'locked', 'passphrase', 'passphrase_new', 'blocked'])('%s', async (name) => {
  await openPage(scenario(name));
  expect(await findings()).toEqual([]);
});

test('while it opens, and that takes its time', async () => {
  await openPage(scenario('sign_in'));
  session.phase = null;
  await accessible('opening');
});

test('a server of one’s own', async () => {
  const user = await openPage(scenario('first_run'));
  await press(user, 'start-server');
  await accessible('start-server-lan', 'start-server-loopback');
});

test('an account to be made, with a password that is rated and one that is refused', async () => {
  const fake = scenario('sign_up');
  const user = await openPage(fake);
  await user.type(await waitFor(() => screen.getByTestId('username')), 'elin');
  await user.type(screen.getByTestId('password'), 'correct horse');
  await accessible('strength');
  fake.failNext('sign_up', { code: 'internal', message: 'The server has a problem. Try again later.' });
  await user.type(screen.getByTestId('first-name'), 'Elin{Enter}');
  await accessible('problem');
});

test.each(['to-code', 'to-reset'])('in by a code: %s', async (way) => {
  const user = await openPage(scenario('sign_in'));
  await user.click(screen.getByTestId(way));
  await user.type(screen.getByTestId('username'), 'elin{Enter}');
  await accessible('code');
});

test('the second step', async () => {
  const fake = scenario('sign_in');
  fake.two_step = 1;
  const user = await openPage(fake);
  await user.type(screen.getByTestId('username'), 'elin');
  await user.type(screen.getByTestId('password'), 'hers{Enter}');
  await accessible('second-code');
});

test('signing in by a provider', async () => {
  const fake = scenario('sign_in');
  fake.ways.providers = [{ id: 'example', name: 'Example' }];
  const user = await openPage(fake);
  await accessible('provider');
  await press(user, 'provider');
  await accessible('provider-cancel');
  fake.visit?.comesBack({ kind: 'new', person: { username: 'elin', first_name: 'Elin', last_name: '', known_as: 'elin@example.org' } });
  await accessible('provider-sign-up');
});

test.each(['ready', 'sign_in'])('several accounts: %s', async (kind) => {
  const [home, work] = [scenario('everyday'), scenario(kind === 'ready' ? 'everyday' : 'returning')];
  const user = await openPage(new FakeAccounts([work, home]));
  await press(user, 'open-accounts');
  await accessible('account-menu');
});

test('an account that a link asks for, and one that is taken off this computer', async () => {
  const [home, work] = [scenario('everyday'), scenario('returning')];
  const user = await openPage(new FakeAccounts([home, work]));
  await row('c-maren');
  home.emit({ kind: 'connect_link', link: 'hearth://connect/b.example:1', here: false });
  await accessible('add-question');
  await user.click(screen.getByText('Cancel'));
  await user.keyboard('{Control>}{Alt>}[Digit2]{/Alt}{/Control}');
  await press(user, 'account-remove');
  await accessible('remove-question');
});

everyComponentOf('features/start', 'features/accounts');
