/** Accounts that wait: one's own, and other people's. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { findings } from './axe';
import { openConversation, openPage, scenario } from './page';

async function settings(name: string) {
  const fake = scenario(name);
  const user = await openPage(fake);
  await user.keyboard('{Control>},{/Control}');
  await waitFor(() => screen.getByTestId('account-deactivate'));
  return { fake, user };
}

describe('my account', () => {
  test('is deactivated for who types the password, by the keyboard alone, and the dialog says what happens', async () => {
    const { fake, user } = await settings('everyday');
    screen.getByTestId('account-deactivate').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('deactivate-password')));
    expect(screen.getByTestId('deactivate-account').textContent).toMatch(/signed out on all your devices.*others see.*Nothing is deleted.*sign in/s);
    expect(await findings()).toEqual([]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('deactivate-password').getAttribute('aria-invalid')).toBe('true'));
    expect(fake.called('deactivate_account')).toEqual([]);
    fake.failNext('deactivate_account', { code: 'wrong_credentials', message: 'This is not your password.' });
    await user.keyboard('guess{Enter}');
    await waitFor(() => expect(screen.getByTestId('deactivate-account').textContent).toContain('This is not your password.'));
    await user.clear(screen.getByTestId('deactivate-password'));
    await user.keyboard('correct horse{Enter}');
    await waitFor(() => screen.getByTestId('sign-in-page'));
    expect(fake.called('deactivate_account').at(-1)).toEqual({ password: 'correct horse' });
    expect(screen.getByTestId('sign-reason').textContent).toMatch(/is deactivated; nothing was deleted.*sign in to turn it on again/s);
    expect(await findings()).toEqual([]);
  });

  test('of the only admin stays, with the reason', async () => {
    const { user } = await settings('admin');
    await user.click(screen.getByTestId('account-deactivate'));
    await user.type(await waitFor(() => screen.getByTestId('deactivate-password')), 'correct horse{Enter}');
    await waitFor(() => expect(screen.getByTestId('problem').textContent).toContain('the only admin'));
  });

  test('says what waits to be sent', async () => {
    const { user } = await settings('failed');
    await user.click(screen.getByTestId('account-deactivate'));
    await waitFor(() => expect(screen.getByTestId('deactivate-account').textContent).toMatch(/6 things that you have not sent yet wait/));
  });

  test('needs the server', async () => {
    await settings('offline');
    expect(screen.getByTestId<HTMLButtonElement>('account-deactivate').disabled).toBe(true);
  });

  test('deactivated by an admin says so where one signs in', async () => {
    const fake = scenario('sign_in');
    const user = await openPage(fake);
    fake.failNext('sign_in', { code: 'deactivated', message: 'An admin of this server has deactivated this account. Ask them to turn it on again.' });
    await user.type(screen.getByTestId('username'), 'elin');
    await user.type(screen.getByTestId('password'), 'correct horse{Enter}');
    await waitFor(() => expect(screen.getByTestId('problem').dataset.code).toBe('deactivated'));
  });
});

describe('somebody who is deactivated', () => {
  test('is said to be in their conversation, where one can still write', async () => {
    const fake = scenario('everyday');
    fake.tells('u-maren', { presence: 'online', status: null });
    const user = await openConversation(fake, 'c-maren');
    expect(screen.queryByTestId('peer-deactivated')).toBeNull();
    fake.tells('u-maren', { deactivated: true });
    await waitFor(() => expect(screen.getByTestId('peer-deactivated').textContent).toContain('Maren has no active account at the moment and reads nothing'));
    expect(screen.getByRole('heading', { name: 'Maren Solberg' }).parentElement?.textContent).toMatch(/Deactivated/);
    expect(screen.queryByTestId('presence')).toBeNull();
    expect(await findings()).toEqual([]);
    await user.type(screen.getByTestId('composer'), 'See you then{Enter}');
    await waitFor(() => expect(fake.called('send_message')).toHaveLength(1));
    fake.tells('u-maren', { deactivated: false });
    await waitFor(() => expect(screen.queryByTestId('peer-deactivated')).toBeNull());
  });

  test('is marked among the people, and in a group', async () => {
    const fake = scenario('groups');
    const maren = fake.people.find(({ user }) => user === 'u-maren');
    if (!maren) throw new Error('nobody');
    fake.friends = { ...fake.friends, contacts: [maren] };
    fake.tells('u-maren', { deactivated: true });
    const user = await openConversation(fake, 'c-plans');
    await user.click(screen.getByTestId('group-open'));
    const member = await waitFor(() => screen.getAllByTestId('group-member').find((line) => line.dataset.username === 'maren') as HTMLElement);
    await waitFor(() => within(member).getByTestId('deactivated'));
    expect(screen.getAllByTestId('deactivated')).toHaveLength(1);
    screen.getByTestId<HTMLDialogElement>('group-dialog').close();
    await user.click(screen.getByTestId('open-people'));
    const contacts = await waitFor(() => screen.getByTestId('people-contacts'));
    await waitFor(() => within(contacts).getByTestId('deactivated'));
    expect(contacts.textContent?.match(/Deactivated/g)).toHaveLength(1);
  });
});
