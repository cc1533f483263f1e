/** The end of an account: one's own, and somebody else's. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { openConversation, openPage, scenario } from './page';

async function settings(name: string) {
  const fake = scenario(name);
  const user = await openPage(fake);
  await user.keyboard('{Control>},{/Control}');
  await waitFor(() => screen.getByTestId('account-delete'));
  return { fake, user };
}

describe('my account', () => {
  test('is deleted for who types the password, by the keyboard alone', async () => {
    const { fake, user } = await settings('everyday');
    screen.getByTestId('account-delete').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('delete-password')));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('delete-password').getAttribute('aria-invalid')).toBe('true'));
    expect(fake.called('delete_account')).toEqual([]);
    fake.failNext('delete_account', { code: 'wrong_credentials', message: 'This is not your password.' });
    await user.keyboard('guess{Enter}');
    await waitFor(() => expect(screen.getByTestId('delete-account').textContent).toContain('This is not your password.'));
    await user.clear(screen.getByTestId('delete-password'));
    await user.keyboard('correct horse{Enter}');
    await waitFor(() => screen.getByTestId('sign-in-page'));
    expect(fake.called('delete_account').at(-1)).toEqual({ password: 'correct horse' });
  });

  test('that others need is said not to go', async () => {
    const { fake, user } = await settings('everyday');
    fake.failNext('delete_account', { code: 'only_owner', message: 'You are the only owner of a group.' });
    await user.click(screen.getByTestId('account-delete'));
    await user.type(await waitFor(() => screen.getByTestId('delete-password')), 'correct horse{Enter}');
    await waitFor(() => expect(screen.getByTestId('problem').dataset.code).toBe('only_owner'));
  });

  test('needs the server', async () => {
    await settings('offline');
    expect(screen.getByTestId<HTMLButtonElement>('account-delete').disabled).toBe(true);
  });

  test('deleted elsewhere: what is here can be removed', async () => {
    const fake = scenario('account_deleted');
    fake.failNext('remove_account', { code: 'internal', message: 'The disk does not answer.' });
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('remove-account')));
    await waitFor(() => screen.getByTestId('problem'));
    await user.click(screen.getByTestId('remove-account'));
    await waitFor(() => screen.getByTestId('sign-in-page'));
  });
});

test('the conversation with somebody who is gone can be read, and that is all', async () => {
  const fake = scenario('everyday');
  const gone = fake.conversations.find((one) => one.id === 'c-maren');
  if (!gone?.peer) throw new Error('there is nobody to go');
  gone.name = '';
  gone.peer = { ...gone.peer, name: '', username: '' };
  await openConversation(fake, 'c-maren');
  expect(screen.getByTestId('peer-gone')).toBeTruthy();
  expect(screen.queryByTestId('composer')).toBeNull();
  expect(screen.getByTestId('main').textContent).toContain('Deleted account');
});
