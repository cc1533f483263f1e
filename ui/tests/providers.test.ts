/** Signing in by a provider in the system's browser, and linking one in the settings: by keyboard. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { NewcomerView } from '../src/lib/backend';
import type { Fake } from '../src/lib/backend/fake/fake';
import { openPage, scenario, settled } from './page';

const EXAMPLE = { id: 'example', name: 'Example' };
const LINKED = { id: 'e-1', provider: 'Example', provider_id: 'example', label: 'elin@id.example.org', linked_at: Date.UTC(2026, 10, 1), refused_at: null };
const NEW: NewcomerView = { username: 'elin', first_name: 'Elin of the provider', last_name: '', known_as: null };

const problems = () => screen.queryAllByTestId('problem').map((note) => note.dataset.code);
const hasFocus = (testid: string) => waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testid)));

async function visited(fake: Fake) {
  return waitFor(() => {
    if (!fake.visit) throw new Error('the browser was not opened');
    const { visit } = fake;
    return visit;
  });
}

describe('signing in', () => {
  async function chosen(change?: (fake: Fake) => void) {
    const fake = scenario('sign_in');
    fake.ways.providers = [EXAMPLE];
    change?.(fake);
    const user = await openPage(fake);
    const button = await waitFor(() => screen.getByRole('button', { name: 'Continue with Example' }));
    button.focus();
    await user.keyboard('{Enter}');
    await hasFocus('provider-cancel');
    return { fake, user, visit: await visited(fake) };
  }

  test('the page waits for the browser and goes on by itself', async () => {
    const { fake, visit } = await chosen();
    expect(screen.getByRole('status').textContent).toContain('Example');
    visit.comesBack();
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_in_by_provider')).toEqual([{ provider: 'example' }]);
  });

  test('who is new chooses a name; what is wrong with it is said at its field', async () => {
    const { fake, user, visit } = await chosen();
    visit.comesBack({ kind: 'new', person: { ...NEW, username: '' } });
    await hasFocus('username');
    expect(screen.getByTestId<HTMLInputElement>('first-name').value).toBe('Elin of the provider');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('username').getAttribute('aria-invalid')).toBe('true'));
    expect(fake.called('sign_up_by_provider')).toEqual([]);
    fake.failNext('sign_up_by_provider', { code: 'username_taken', message: 'Somebody has this username already.' });
    await user.keyboard('elin{Enter}');
    await waitFor(() => expect(problems()).toEqual(['username_taken']));
    await hasFocus('username');
    await user.keyboard('.s{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_up_by_provider').at(-1)).toEqual({ username: 'elin.s', first_name: 'Elin of the provider', last_name: '', set_up_code: null, invite: null });
  });

  test('who has an account here already is told to link it, and gets back', async () => {
    const { user, visit } = await chosen();
    visit.comesBack({ kind: 'new', person: { ...NEW, known_as: 'elin@example.org' } });
    await waitFor(() => expect(screen.getByTestId('known-as').textContent).toContain('elin@example.org'));
    await user.click(screen.getByTestId('provider-back'));
    await waitFor(() => screen.getByTestId('sign-in-go'));
  });

  test('waiting can be cancelled, and what comes later changes nothing', async () => {
    const { fake, user, visit } = await chosen();
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('sign-in-go'));
    expect(fake.called('cancel_provider')).toHaveLength(1);
    expect(problems()).toEqual([]);
    visit.comesBack({ kind: 'new', person: NEW });
    await settled();
    screen.getByTestId('sign-in-go');
  });

  test.each(['provider_cancelled', 'provider_timeout', 'provider_unreachable', 'provider_refused', 'external_unknown', 'sign_in_over'])('%s is said where one can choose another way', async (code) => {
    const { visit } = await chosen();
    visit.fails({ code, message: `What ${code} means.` });
    await waitFor(() => expect(problems()).toEqual([code]));
    screen.getByText(`What ${code} means.`);
    await waitFor(() => screen.getByTestId('provider'));
  });

  test('two-step sign-in asks for its code all the same', async () => {
    const { visit } = await chosen();
    visit.fails({ code: 'second_step', message: 'This account wants a code as well.' });
    await hasFocus('second-code');
  });

  test('a server without providers shows none', async () => {
    const fake = scenario('sign_in');
    await openPage(fake);
    await settled();
    expect(screen.queryAllByTestId('provider')).toEqual([]);
  });
});

describe('in the settings', () => {
  async function settings(change?: (fake: Fake) => void) {
    const fake = scenario('everyday');
    fake.ways = { accounts: [LINKED], providers: [EXAMPLE], password: true, password_changed_at: null };
    change?.(fake);
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('open-settings')));
    await waitFor(() => screen.getByTestId('account-delete'));
    await settled();
    return { fake, user };
  }

  test('another account is linked: the password first, then the browser', async () => {
    const { fake, user } = await settings((fake) => (fake.ways.accounts = []));
    screen.getByTestId('link').focus();
    await user.keyboard('{Enter}');
    await hasFocus('link-password');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('link-password').getAttribute('aria-invalid')).toBe('true'));
    await user.keyboard('hers{Enter}');
    (await visited(fake)).comesBack();
    await waitFor(() => screen.getByText(/elin@id\.example\.org · linked on/));
    expect(screen.queryByTestId('link-dialog')).toBeNull();
    expect(fake.called('link_provider')).toEqual([{ provider: 'example', password: 'hers' }]);
  });

  test('closing the dialog stops waiting', async () => {
    const { fake, user } = await settings();
    await user.click(screen.getByTestId('link'));
    await hasFocus('link-password');
    await user.keyboard('hers{Enter}');
    await visited(fake);
    // As Esc does; happy-dom's does not.
    screen.getByTestId<HTMLDialogElement>('link-dialog').close();
    await waitFor(() => expect(screen.queryByTestId('link-dialog')).toBeNull());
    expect(fake.called('cancel_provider')).toHaveLength(1);
  });

  test('one is unlinked; the last way in is kept, and that is said', async () => {
    const { fake, user } = await settings();
    fake.failNext('unlink_external', { code: 'last_way_in', message: 'You sign in by this account alone. Set a password first.' });
    await user.click(screen.getByTestId('unlink'));
    await waitFor(() => screen.getByText(/by this account alone/));
    await user.click(screen.getByTestId('unlink'));
    await waitFor(() => expect(screen.queryByTestId('unlink')).toBeNull());
    expect(fake.called('unlink_external')).toEqual([{ id: 'e-1' }, { id: 'e-1' }]);
  });

  test('who has no password sets one: the provider says once more who it is', async () => {
    const { fake, user } = await settings((fake) => (fake.ways.password = false));
    await user.click(screen.getByTestId('password-set'));
    await hasFocus('new-password');
    await user.keyboard('staple battery horse{Enter}');
    (await visited(fake)).comesBack();
    await waitFor(() => expect(screen.queryByTestId('set-password-dialog')).toBeNull());
    expect(fake.called('change_password')).toEqual([{ current: '', password: 'staple battery horse' }]);
    expect(fake.called('prove_by_provider')).toEqual([{ provider: 'example' }]);
  });

  describe('for who has no password', () => {
    const without = (change?: (fake: Fake) => void) =>
      settings((fake) => {
        fake.ways.password = false;
        change?.(fake);
      });

    /** Opens a dialog by the keyboard, and confirms with the provider. */
    async function confirmed(open: string, go: string, before?: (user: Awaited<ReturnType<typeof settings>>['user']) => Promise<void>, change?: (fake: Fake) => void) {
      const { fake, user } = await without(change);
      (await waitFor(() => screen.getByTestId(open))).focus();
      await user.keyboard('{Enter}');
      const button = await waitFor(() => screen.getByTestId(go));
      expect(button.textContent).toBe('Confirm with Example');
      await before?.(user);
      button.focus();
      await user.keyboard('{Enter}');
      const visit = await visited(fake);
      await waitFor(() => expect(button.textContent).toContain('Waiting for your browser'));
      visit.comesBack();
      return { fake, user };
    }

    test('deleting the account', async () => {
      const { fake } = await confirmed('account-delete', 'delete-account-go');
      await waitFor(() => screen.getByTestId('sign-in-page'));
      expect([fake.called('prove_by_provider'), fake.called('delete_account')]).toEqual([[{ provider: 'example' }], [{ password: '' }]]);
    });

    test('changing the address', async () => {
      const { fake } = await confirmed('email-change', 'email-go', async (user) => {
        await hasFocus('new-email');
        await user.keyboard('brandt@example.org');
      });
      await hasFocus('email-code');
      expect(fake.called('change_email')).toEqual([{ email: 'brandt@example.org', password: '' }]);
    });

    test('removing the address', async () => {
      const { fake } = await confirmed('email-remove', 'remove-email-go');
      await waitFor(() => expect(screen.queryByTestId('remove-email-dialog')).toBeNull());
      expect(fake.called('remove_email')).toEqual([{ password: '' }]);
      await waitFor(() => expect(screen.queryByTestId('email-remove')).toBeNull());
    });

    test('two-step sign-in, on and off', async () => {
      const { fake } = await confirmed('two-step-on', 'two-step-go');
      await waitFor(() => screen.getByTestId('two-step-secret'));
      expect(fake.called('begin_two_step')).toEqual([{ password: '' }]);
    });

    test('turning two-step sign-in off takes its code as well', async () => {
      const type = async (user: Awaited<ReturnType<typeof settings>>['user']) => {
        await hasFocus('prove-code');
        await user.keyboard('246810');
      };
      const { fake } = await confirmed('two-step-off', 'prove-go', type, (fake) => (fake.two_step = 1));
      await waitFor(() => expect(screen.queryByTestId('prove-dialog')).toBeNull());
      expect(fake.called('turn_off_two_step')).toEqual([{ password: '', code: '246810' }]);
    });

    test('linking another account', async () => {
      const { fake } = await confirmed('link', 'link-go');
      const first = fake.visit;
      await waitFor(() => expect(fake.visit).not.toBe(first));
      (await visited(fake)).comesBack();
      await waitFor(() => expect(screen.queryByTestId('link-dialog')).toBeNull());
      expect(fake.called('link_provider')).toEqual([{ provider: 'example', password: '' }]);
    });

    test('cancelling at the provider changes nothing, and closing stops waiting', async () => {
      const { fake, user } = await without();
      await user.click(screen.getByTestId('account-delete'));
      await hasFocus('delete-account-go');
      await user.keyboard('{Enter}');
      (await visited(fake)).fails({ code: 'provider_cancelled', message: 'You cancelled.' });
      await waitFor(() => expect(problems()).toEqual(['provider_cancelled']));
      await user.keyboard('{Enter}');
      await waitFor(() => expect(fake.called('prove_by_provider')).toHaveLength(2));
      // As Esc does; happy-dom's does not.
      screen.getByTestId<HTMLDialogElement>('delete-account').close();
      await waitFor(() => expect(screen.queryByTestId('delete-account')).toBeNull());
      expect([fake.called('cancel_provider').length, fake.called('delete_account').length]).toEqual([1, 0]);
    });
  });

  test('what the provider has ended says so', async () => {
    await settings((fake) => (fake.ways.accounts = [{ ...LINKED, refused_at: 1 }]));
    screen.getByText(/Example has ended it/);
  });

  test('offline it needs the server', async () => {
    await settings((fake) => fake.goOffline());
    await waitFor(() => screen.getByText('Sign-in accounts'));
    expect(screen.queryAllByTestId('link')).toEqual([]);
  });
});
