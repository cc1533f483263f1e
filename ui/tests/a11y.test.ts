import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { FakeAccounts } from '../src/lib/backend/fake/accounts';
import { goTo, view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openConversation, openPage, row, scenario } from './page';

test.each(['first_run', 'sign_in', 'set_up', 'returning', 'account_deleted', 'locked', 'passphrase_new', 'blocked'])('%s', async (name) => {
  await openPage(scenario(name));
  expect(await findings()).toEqual([]);
});

test.each(['everyday', 'offline', 'failed', 'arriving', 'scripts'])('a conversation: %s', async (name) => {
  const fake = scenario(name);
  await openConversation(fake, name === 'arriving' ? 'c-idris' : 'c-maren');
  expect(await findings()).toEqual([]);
});

test.each(['to-code', 'to-reset'])('in by a code: %s', async (way) => {
  const user = await openPage(scenario('sign_in'));
  await user.click(screen.getByTestId(way));
  await user.type(screen.getByTestId('username'), 'elin{Enter}');
  await waitFor(() => screen.getByTestId('code'));
  expect(await findings()).toEqual([]);
});

test.each(['email-change', 'password-change'])('a dialog of the account: %s', async (button) => {
  const user = await openPage(scenario('everyday'));
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  await user.click(await waitFor(() => screen.getByTestId(button)));
  expect(await findings()).toEqual([]);
});

test('two-step sign-in', async () => {
  const user = await openPage(scenario('everyday'));
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  await user.click(await waitFor(() => screen.getByTestId('two-step-on')));
  await user.type(screen.getByTestId('two-step-password'), 'hers{Enter}');
  await user.type(await waitFor(() => screen.getByTestId('two-step-code')), '246810');
  expect(await findings()).toEqual([]);
  await user.keyboard('{Enter}');
  await waitFor(() => screen.getAllByTestId('recovery-code'));
  expect(await findings()).toEqual([]);
});

test('the second step', async () => {
  const fake = scenario('sign_in');
  fake.two_step = 1;
  const user = await openPage(fake);
  await user.type(screen.getByTestId('username'), 'elin');
  await user.type(screen.getByTestId('password'), 'hers{Enter}');
  await waitFor(() => screen.getByTestId('second-code'));
  expect(await findings()).toEqual([]);
});

test('signing in by a provider', async () => {
  const fake = scenario('sign_in');
  fake.ways.providers = [{ id: 'example', name: 'Example' }];
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('provider')));
  await waitFor(() => screen.getByTestId('provider-cancel'));
  expect(await findings()).toEqual([]);
  fake.visit?.comesBack({ kind: 'new', person: { username: 'elin', first_name: 'Elin', last_name: '', known_as: 'elin@example.org' } });
  await waitFor(() => screen.getByTestId('provider-sign-up'));
  expect(await findings()).toEqual([]);
});

test('linking a provider', async () => {
  const fake = scenario('everyday');
  const linked = { id: 'e-1', provider: 'Example', provider_id: 'example', label: 'elin@id.example.org', linked_at: 1, refused_at: 2 };
  fake.ways = { accounts: [linked], providers: [{ id: 'example', name: 'Example' }], password: true };
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  await user.click(await waitFor(() => screen.getByTestId('link')));
  await waitFor(() => screen.getByTestId('link-password'));
  expect(await findings()).toEqual([]);
});

test.each(['ready', 'sign_in'])('several accounts: %s', async (kind) => {
  const [home, work] = [scenario('everyday'), scenario(kind === 'ready' ? 'everyday' : 'returning')];
  const user = await openPage(new FakeAccounts([work, home]));
  await user.click(await waitFor(() => screen.getByTestId('open-accounts')));
  await waitFor(() => screen.getByTestId('account-menu'));
  expect(await findings()).toEqual([]);
});

test('the empty window', async () => {
  await openPage(scenario('empty'));
  await waitFor(() => screen.getByText('No conversations yet'));
  expect(await findings()).toEqual([]);
});

test('the outbox', async () => {
  const user = await openConversation(scenario('failed'), 'c-maren');
  await user.click(screen.getByTestId('outbox-count'));
  await waitFor(() => screen.getAllByTestId('outbox-item'));
  expect(await findings()).toEqual([]);
});

test('the search', async () => {
  const user = await openPage(scenario('everyday'));
  await row('c-maren');
  await user.click(screen.getByTestId('open-search'));
  await user.type(screen.getByTestId('search-query'), 'belt');
  await waitFor(() => screen.getAllByTestId('search-hit'));
  expect(await findings()).toEqual([]);
});

test('about a group', async () => {
  const user = await openConversation(scenario('groups'), 'c-tools');
  await user.click(screen.getByTestId('group-open'));
  await user.click(await waitFor(() => screen.getByTestId('group-add')));
  expect(await findings()).toEqual([]);
});

test('making a channel', async () => {
  const user = await openConversation(scenario('groups'), 'c-tools');
  view.dialog = 'create';
  await user.click(await waitFor(() => screen.getByTestId('create-channel')));
  await user.click(await waitFor(() => screen.getByTestId('create-private')));
  expect(await findings()).toEqual([]);
});

test('the settings', async () => {
  const user = await openPage(scenario('everyday'));
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  expect(await findings()).toEqual([]);
});

test.each([
  ['{Control>}k{/Control}', 'switcher'],
  ['{Control>}n{/Control}', 'new-conversation-dialog'],
  ['{Control>}/{/Control}', 'key-list'],
])('dialog %s', async (keys, testid) => {
  const user = await openPage(scenario('everyday'));
  await row('c-maren');
  await user.keyboard(keys);
  await waitFor(() => screen.getByTestId(testid));
  expect(await findings()).toEqual([]);
});

test('the choice of a day', async () => {
  const user = await openConversation(scenario('everyday'), 'c-maren');
  await user.keyboard('{Control>}j{/Control}');
  await waitFor(() => screen.getByTestId('date-dialog'));
  expect(await findings()).toEqual([]);
});

test('the people, and the question before one is blocked', async () => {
  const fake = scenario('everyday');
  const [one, two, three] = fake.people;
  if (!one || !two || !three) throw new Error('nobody');
  fake.friends = { contacts: [one], incoming: [{ id: 'i-1', person: two, note: 'hello', at: 1 }], outgoing: [{ id: 'i-2', person: three, note: '', at: null }], invited: [{ id: 'i-3', person: two, note: 'come', at: 1, group: 'g-1', group_name: 'Night walks' }], inviting: [], blocked: [] };
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-people')));
  await waitFor(() => screen.getByTestId('people-contacts'));
  expect(await findings()).toEqual([]);
  await user.click(screen.getAllByTestId('person-block')[0] as HTMLElement);
  await waitFor(() => screen.getByTestId('block-question'));
  expect(await findings()).toEqual([]);
});

test('many people, with names that are hard to draw', async () => {
  const fake = scenario('crowd');
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-people')));
  await waitFor(() => screen.getByTestId('people-contacts'));
  expect(await findings()).toEqual([]);
  await user.click(screen.getAllByTestId('face')[0] as HTMLElement);
  await waitFor(() => screen.getByTestId('person-card'));
  expect(await findings()).toEqual([]);
  goTo.inbox();
  await waitFor(() => screen.getAllByTestId('inbox-line'));
  expect(await findings()).toEqual([]);
  goTo.group(fake.groups.at(-2)?.id ?? '');
  await user.click(await waitFor(() => screen.getByTestId('group-add')));
  await waitFor(() => screen.getByTestId('group-adding'));
  expect(await findings()).toEqual([]);
});

test('a conversation with somebody who is blocked', async () => {
  const fake = scenario('everyday');
  fake.friends = { ...fake.friends, blocked: fake.people.slice(0, 1) };
  await openConversation(fake, 'c-maren');
  await waitFor(() => screen.getByTestId('blocked-note'));
  expect(await findings()).toEqual([]);
});
