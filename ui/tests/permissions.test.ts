/** What one's role does not allow is not offered, and the page says why where one would look for it. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { standingOf } from '../src/lib/backend/fake/roles';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openPage, row, scenario } from './page';

describe('a guest', () => {
  test('begins no conversation, and goes on with those that there are', async () => {
    const fake = scenario('guest');
    const user = await openPage(fake);
    await row('c-maren');
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => expect(screen.getByTestId('may-not-start').textContent).toContain('does not let you begin conversations'));
    expect(screen.getByTestId('new-conversation-dialog').textContent).toContain('does not let you search for people');
    expect(await findings()).toEqual([]);
    await user.keyboard('ma');
    await waitFor(() => expect(screen.getAllByTestId('person').map(({ dataset }) => dataset.username)).toEqual(['maren']));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(view.conversation).toBe('c-maren'));
  });

  test('is not offered to make a conversation or a group', async () => {
    const user = await openPage(scenario('guest'));
    await row('c-maren');
    view.dialog = 'create';
    const withheld = await waitFor(() => screen.getByTestId('create-withheld'));
    expect(withheld.textContent).toMatch(/begin conversations.*create groups/s);
    expect(screen.queryByTestId('create-group')).toBeNull();
    expect(screen.queryByTestId('create-conversation')).toBeNull();
    expect(screen.getByTestId<HTMLButtonElement>('create-go').disabled).toBe(true);
    expect(await findings()).toEqual([]);
    await user.keyboard('{Escape}');
  });

  test('finds whom they know, and writes to contacts with whom they have a conversation', async () => {
    const fake = scenario('guest');
    const [maren, , , , , , , , yuki] = fake.people;
    if (!maren || !yuki) throw new Error('nobody');
    fake.friends = { ...fake.friends, contacts: [maren, yuki] };
    const user = await openPage(fake);
    await row('c-maren');
    await user.click(screen.getByTestId('open-people'));
    await waitFor(() => screen.getByTestId('people-contacts'));
    expect(screen.getByTestId('people-page').textContent).toContain('does not let you search for people');
    expect(screen.getByTestId('may-not-start').textContent).toContain('begin conversations');
    expect(screen.getAllByTestId('person-write')).toHaveLength(1);
    await user.click(screen.getByTestId('person-write'));
    await waitFor(() => expect(view.conversation).toBe('c-maren'));
  });

  test('sees no way into administration', async () => {
    const user = await openPage(scenario('guest'));
    await row('c-maren');
    await user.click(screen.getByTestId('open-accounts'));
    await waitFor(() => screen.getByTestId('account-menu'));
    expect(screen.queryByTestId('account-admin')).toBeNull();
    await user.keyboard('{Escape}');
    await user.keyboard('{Control>}k{/Control}');
    await waitFor(() => screen.getByTestId('switcher-query'));
    await user.keyboard('server set');
    await waitFor(() => screen.getByText(/Search all messages for/));
    expect(screen.queryByText('Server settings')).toBeNull();
  });
});

test('an admin goes to administration from the account menu and from the settings', async () => {
  const user = await openPage(scenario('admin'));
  await row('c-maren');
  await user.click(screen.getByTestId('open-accounts'));
  (await waitFor(() => screen.getByTestId('account-admin'))).focus();
  await user.keyboard('{Enter}');
  await waitFor(() => screen.getByTestId('admin-page'));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('admin-page')).toBeNull());
  await user.keyboard('{Control>},{/Control}');
  (await waitFor(() => screen.getByTestId('open-admin'))).focus();
  await user.keyboard('{Enter}');
  await waitFor(() => screen.getByTestId('admin-page'));
});

test('the settings say what I am, and what I become', async () => {
  const fake = scenario('guest');
  fake.standing = { ...standingOf('guest'), role_waits: 'member' };
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  await waitFor(() => screen.getByText('Your role on this server: Guest'));
  screen.getByText('It becomes Member when your address is verified.');
  fake.standing = standingOf('r', [], 'Night watch');
  fake.emit({ kind: 'people' });
  await waitFor(() => screen.getByText('Your role on this server: Night watch'));
  expect(screen.queryByText(/when your address is verified/)).toBeNull();
});
