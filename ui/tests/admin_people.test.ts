/** Everybody with an account, and what may be done to them. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { BROKEN, REFUSED, choose, disabled, openAdmin, tabTo } from './admin';
import { findings } from './axe';
import { settled } from './page';

const lines = () => screen.queryAllByTestId('account-line').map((line) => line.dataset.username);
const account = (fake: Awaited<ReturnType<typeof openAdmin>>['fake'], username: string) => fake.admin.accounts.find(({ person }) => person.username === username);

async function details(username: string, ...rest: Parameters<typeof openAdmin> extends [string, ...infer R] ? R : never) {
  const opened = await openAdmin('people', ...rest);
  await waitFor(() => expect(lines().length).toBeGreaterThan(2));
  screen.getAllByTestId('account-line').find((line) => line.dataset.username === username)?.focus();
  await opened.user.keyboard('{Enter}');
  await waitFor(() => screen.getByTestId('person-details'));
  return opened;
}

describe('the list', () => {
  test('has everybody, is searched by name, and shows who is deactivated', async () => {
    const { fake, user } = await openAdmin('people');
    await waitFor(() => expect(lines()).toHaveLength(12));
    screen.getByText('12 accounts');
    expect(await findings()).toEqual([]);
    await tabTo(user, 'admin-people-query');
    await user.keyboard('maren');
    await waitFor(() => expect(lines()).toEqual(['maren']));
    await user.clear(screen.getByTestId('admin-people-query'));
    await waitFor(() => expect(lines()).toHaveLength(12));
    fake.admin.accounts = fake.admin.accounts.map((one) => (one.person.username === 'noor' ? { ...one, deactivated: { at: 1, by_oneself: true } } : one));
    choose('admin-people-state', 'deactivated');
    await waitFor(() => expect(lines()).toEqual(['noor']));
    expect(screen.getByTestId('account-line').textContent).toContain('Deactivated');
    await user.type(screen.getByTestId('admin-people-query'), 'maren');
    await waitFor(() => screen.getByTestId('admin-people-none'));
  });

  test('comes in pages, and one goes on where the next one begins', async () => {
    const { user } = await openAdmin('people', (fake) => (fake.admin.page = 5));
    await waitFor(() => expect(lines()).toHaveLength(5));
    await tabTo(user, 'admin-people-more');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(lines()).toHaveLength(10));
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.username).toBe(lines()[5]));
    await tabTo(user, 'admin-people-more');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(lines()).toHaveLength(12));
    expect(new Set(lines()).size).toBe(12);
    expect(screen.queryByTestId('admin-people-more')).toBeNull();
  });

  test('says what went wrong, and is asked for again', async () => {
    const { user } = await openAdmin('people', (fake) => fake.failNext('admin_people', BROKEN));
    await waitFor(() => screen.getByText(BROKEN.message));
    await tabTo(user, 'admin-retry');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(lines()).toHaveLength(12));
    expect(screen.queryByTestId('admin-failed')).toBeNull();
  });

  test('needs a connection, and comes with it; what was typed stays', async () => {
    const { fake, user } = await openAdmin('people', (fake) => fake.goOffline());
    expect(screen.getByTestId('admin-offline').textContent).toContain('needs a connection');
    expect(fake.called('admin_people')).toEqual([]);
    expect(await findings()).toEqual([]);
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(lines()).toHaveLength(12));
    await user.type(screen.getByTestId('admin-people-query'), 'idris');
    await waitFor(() => expect(lines()).toEqual(['idris']));
    fake.goOffline();
    await waitFor(() => expect(screen.getByTestId('admin-offline').textContent).toContain('how it was'));
    expect(lines()).toEqual(['idris']);
    await user.clear(screen.getByTestId('admin-people-query'));
    await user.type(screen.getByTestId('admin-people-query'), 'noor');
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(lines()).toEqual(['noor']));
  });

  test('that is refused says so, and shows nobody', async () => {
    await openAdmin('people', (fake) => fake.failNext('admin_people', REFUSED));
    await waitFor(() => screen.getByTestId('admin-refused'));
    expect(lines()).toEqual([]);
  });
});

describe('an account', () => {
  test('is given a role', async () => {
    const { fake, user } = await details('maren');
    expect(await findings()).toEqual([]);
    expect(disabled('admin-give-role')).toBe(true);
    choose('admin-role', 'guest');
    await tabTo(user, 'admin-give-role');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(account(fake, 'maren')?.role).toBe('guest'));
    await user.keyboard('{Escape}');
    // happy-dom leaves the dialog open; the page under it has to stay as well.
    screen.getByTestId<HTMLDialogElement>('person-details').close();
    await waitFor(() => expect(screen.queryByTestId('person-details')).toBeNull());
    expect(screen.getAllByTestId('account-line').find((line) => line.dataset.username === 'maren')?.textContent).toContain('Guest');
  });

  test('is deactivated after a question that says what happens, and turned on again', async () => {
    const { fake, user } = await details('maren');
    await tabTo(user, 'admin-deactivate');
    await user.keyboard('{Enter}');
    const question = await waitFor(() => screen.getByTestId('admin-question'));
    expect(question.textContent).toMatch(/signed out on all their devices.*Nothing is deleted/s);
    expect(await findings()).toEqual([]);
    expect(document.activeElement?.textContent).toContain('Cancel');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('admin-question')).toBeNull());
    expect(fake.called('admin_deactivate')).toEqual([]);
    await tabTo(user, 'admin-deactivate');
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('admin-question'));
    await user.tab();
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('admin-reactivate'));
    expect(account(fake, 'maren')?.deactivated?.by_oneself).toBe(false);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('admin-reactivate')));
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('admin-deactivate'));
    expect(account(fake, 'maren')?.deactivated).toBeNull();
  });

  test('says in the question why it was not deactivated', async () => {
    const { fake, user } = await details('maren');
    fake.failNext('admin_deactivate', BROKEN);
    await user.click(screen.getByTestId('admin-deactivate'));
    await user.click(await waitFor(() => screen.getByTestId('admin-question-go')));
    await waitFor(() => expect(screen.getByTestId('admin-question').textContent).toContain(BROKEN.message));
    expect(account(fake, 'maren')?.deactivated).toBeNull();
  });

  test('is signed out everywhere, and freed of the second step', async () => {
    const { fake, user } = await details('maren');
    for (const button of ['admin-sign-out', 'admin-two-step']) {
      await tabTo(user, button);
      await user.keyboard('{Enter}');
      await waitFor(() => screen.getByTestId('admin-question'));
      await user.tab();
      await user.keyboard('{Enter}');
      await waitFor(() => expect(screen.queryByTestId('admin-question')).toBeNull());
    }
    expect(account(fake, 'maren')).toMatchObject({ devices: 0, two_step: false });
    expect(disabled('admin-sign-out')).toBe(true);
    expect(screen.queryByTestId('admin-two-step')).toBeNull();
    expect(fake.admin.audit.slice(0, 2).map(({ act }) => act.kind)).toEqual(['turn_off_two_step', 'sign_out_everywhere']);
  });

  test('gets a code for a new password, shown once and copied', async () => {
    const { user } = await details('maren');
    await tabTo(user, 'admin-reset');
    await user.keyboard('{Enter}');
    const code = await waitFor(() => screen.getByTestId('admin-reset-code'));
    expect(code.textContent).toBe('73914028');
    expect(screen.getByTestId('person-details').textContent).toMatch(/went to their address as well.*shown this once.*good until/s);
    expect(await findings()).toEqual([]);
    await tabTo(user, 'admin-reset-code-copy');
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByText('Copied'));
    expect(await navigator.clipboard.readText()).toBe('73914028');
  });

  test('of mine, or of somebody who may do more, is out of reach, with the reason', async () => {
    await details('elin.brandt');
    expect(screen.getByTestId('admin-withheld').textContent).toContain('your own account');
    for (const button of ['admin-give-role', 'admin-reset', 'admin-deactivate']) expect(disabled(button)).toBe(true);
  });

  test('that may do more than I may is out of reach, and I give no more than I have', async () => {
    const { user } = await details('maren', (fake) => (fake.admin.accounts = fake.admin.accounts.map((one) => (one.person.username === 'maren' ? { ...one, role: 'admin' } : one))), 'helper');
    expect(screen.getByTestId('admin-withheld').textContent).toContain('more than yours');
    for (const control of ['admin-role', 'admin-reset', 'admin-deactivate']) expect(disabled(control)).toBe(true);
    expect(screen.getAllByRole('tab', { hidden: true })).toHaveLength(1);
    screen.getByTestId<HTMLDialogElement>('person-details').close();
    await user.click(screen.getAllByTestId('account-line').find((line) => line.dataset.username === 'noor') as HTMLElement);
    const options = [...(await waitFor(() => screen.getByTestId<HTMLSelectElement>('admin-role'))).options].map(({ value }) => value);
    expect(options).not.toContain('admin');
    expect(options).toContain('guest');
  });

  test('cannot be changed without a connection', async () => {
    const { fake } = await details('maren');
    fake.goOffline();
    await waitFor(() => expect(disabled('admin-deactivate')).toBe(true));
    expect(within(screen.getByTestId('person-details')).getByTestId('admin-withheld').textContent).toContain('offline');
    await settled();
  });
});
