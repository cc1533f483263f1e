/** Codes, passwords and addresses: on the first page, and in the settings. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { openPage, scenario, settled } from './page';

const problems = () => screen.queryAllByTestId('problem').map((note) => note.dataset.code);
const isWrong = (testid: string) => screen.getByTestId(testid).getAttribute('aria-invalid') === 'true';

async function byCode(way: 'to-code' | 'to-reset') {
  const fake = scenario('sign_in');
  const user = await openPage(fake);
  await user.click(screen.getByTestId(way));
  return { fake, user };
}

describe('without the password', () => {
  test('a code signs in; a wrong one is said at the field, and the keyboard is enough', async () => {
    const { fake, user } = await byCode('to-code');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('username')));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(isWrong('username')).toBe(true));
    expect(fake.called('ask_code')).toEqual([]);
    await user.keyboard(' elin@example.org {Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('code')));
    expect(fake.called('ask_code')).toEqual([{ purpose: 'sign_in', username: 'elin@example.org' }]);
    expect(screen.getByTestId('code-asked').textContent).toContain('on its way');
    await user.keyboard('1111 1111{Enter}');
    await waitFor(() => expect(problems()).toEqual(['wrong_code']));
    expect(isWrong('code')).toBe(true);
    await user.clear(screen.getByTestId('code'));
    await user.type(screen.getByTestId('code'), '1234 5678{Enter}');
    await waitFor(() => screen.getByTestId('main'));
  });

  test('a forgotten password is set anew and signs in at once', async () => {
    const { fake, user } = await byCode('to-reset');
    await user.type(screen.getByTestId('username'), 'elin{Enter}');
    await user.type(await waitFor(() => screen.getByTestId('code')), '12345678');
    await user.type(screen.getByTestId('new-password'), 'short{Enter}');
    await waitFor(() => expect(problems()).toEqual(['weak_password']));
    expect(fake.called('reset_password')).toEqual([]);
    await user.type(screen.getByTestId('new-password'), ' is not enough{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('reset_password')).toEqual([{ username: 'elin', code: '12345678', password: 'short is not enough' }]);
    expect(fake.called('sign_in')).toEqual([{ username: 'elin', password: 'short is not enough' }]);
  });

  test('a code is typed in the digits of any keyboard, and a password keeps its own', async () => {
    const { fake, user } = await byCode('to-reset');
    await user.type(screen.getByTestId('username'), 'elin{Enter}');
    await user.type(await waitFor(() => screen.getByTestId('code')), '١٢٣٤٥٦٧٨');
    expect(screen.getByTestId<HTMLInputElement>('code').value).toBe('12345678');
    await user.type(screen.getByTestId('new-password'), 'كلمة مرور طويلة ١٢٣{Enter}');
    await waitFor(() => expect(fake.called('reset_password')).toEqual([{ username: 'elin', code: '12345678', password: 'كلمة مرور طويلة ١٢٣' }]));
  });

  test('a server without mail says where the code is', async () => {
    const { fake, user } = await byCode('to-reset');
    fake.mail = false;
    await user.type(screen.getByTestId('username'), 'elin{Enter}');
    await waitFor(() => expect(screen.getByTestId('code-asked').textContent).toContain("ask the server's owner"));
    await user.click(screen.getByTestId('code-again'));
    await waitFor(() => expect(fake.called('ask_code').length).toBe(2));
  });

  test('what the server cannot do now is said, and one can go back', async () => {
    const { fake, user } = await byCode('to-code');
    fake.failNext('ask_code', { code: 'unreachable', message: 'The server does not answer. Try again later.' });
    await user.type(screen.getByTestId('username'), 'elin{Enter}');
    await waitFor(() => expect(problems()).toEqual(['unreachable']));
    await user.click(screen.getByTestId('code-back'));
    await waitFor(() => screen.getByTestId('sign-in-go'));
    expect(screen.getByTestId<HTMLInputElement>('username').value).toBe('elin');
  });
});

describe('signing up', () => {
  async function fillIn(name: string, rules: object = {}) {
    const fake = scenario(name);
    if (fake.phase.kind === 'sign_in') fake.phase.server.accounts = { ...fake.phase.server.accounts, ...rules };
    const user = await openPage(fake);
    await user.type(screen.getByTestId('username'), 'elin');
    await user.type(screen.getByTestId('first-name'), 'Elin');
    await user.type(screen.getByTestId('password'), 'correct horse battery');
    await user.type(screen.getByTestId('password-again'), 'correct horse battery');
    return { fake, user };
  }

  test('with an address: its code is asked for at once, and may wait', async () => {
    const { fake, user } = await fillIn('sign_up');
    await user.type(screen.getByTestId('email'), ' elin@example.org ');
    await user.click(screen.getByTestId('sign-up-go'));
    await waitFor(() => screen.getByTestId('email-dialog'));
    expect(fake.called('sign_up')[0]?.email).toBe('elin@example.org');
    await user.type(screen.getByTestId('email-code'), '1234 5678{Enter}');
    await waitFor(() => expect(screen.queryByTestId('email-dialog')).toBeNull());
    expect(fake.email).toEqual({ address: 'elin@example.org', verified: true });
  });

  test('a server that needs an address says so before it is asked', async () => {
    const { fake, user } = await fillIn('sign_up', { email: 'required' });
    await user.click(screen.getByTestId('sign-up-go'));
    await waitFor(() => expect(isWrong('email')).toBe(true));
    expect(fake.called('sign_up')).toEqual([]);
  });

  test('a server that keeps none does not ask, and its own least length counts', async () => {
    const { fake, user } = await fillIn('sign_up', { email: 'off', password_chars_min: 30 });
    expect(screen.queryByTestId('email')).toBeNull();
    await user.click(screen.getByTestId('sign-up-go'));
    await waitFor(() => expect(problems()).toEqual(['weak_password']));
    screen.getByText(/at least 30 characters; this one has 21/);
    expect(fake.called('sign_up')).toEqual([]);
  });

  test('a password is rated as it is typed, by who chooses it', async () => {
    const { fake } = await fillIn('sign_up');
    await waitFor(() => expect(screen.getByTestId('strength').dataset.score).toBe('4'));
    expect(fake.called('rate_password').at(-1)).toEqual({ password: 'correct horse battery', about: ['elin', 'Elin'] });
  });
});

describe('in the settings', () => {
  async function settings(change?: (fake: ReturnType<typeof scenario>) => void) {
    const fake = scenario('everyday');
    change?.(fake);
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('open-settings')));
    await waitFor(() => screen.getByTestId('email-change'));
    await settled();
    return { fake, user };
  }

  test('another address takes the password, then the code', async () => {
    const { fake, user } = await settings();
    await waitFor(() => screen.getByText(/elin@example.org.*, verified/));
    await user.click(screen.getByTestId('email-change'));
    fake.failNext('change_email', { code: 'wrong_credentials', message: 'This is not your password.' });
    await user.type(screen.getByTestId('new-email'), 'brandt@example.org');
    await user.type(screen.getByTestId('email-password'), 'guess{Enter}');
    await waitFor(() => expect(isWrong('email-password')).toBe(true));
    expect(document.activeElement).toBe(screen.getByTestId('email-password'));
    await user.keyboard('{Enter}');
    await user.type(await waitFor(() => screen.getByTestId('email-code')), '12345678{Enter}');
    await waitFor(() => screen.getByText(/brandt@example.org.*, verified/));
    expect(fake.called('confirm_email')).toEqual([{ purpose: 'change_email', code: '12345678' }]);
  });

  test('an address is removed for who types the password, by the keyboard alone', async () => {
    const { fake, user } = await settings();
    (await waitFor(() => screen.getByTestId('email-remove'))).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('remove-email-password')));
    expect(screen.getByTestId('remove-email-dialog').textContent).toContain('elin@example.org');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(isWrong('remove-email-password')).toBe(true));
    expect(fake.called('remove_email')).toEqual([]);
    fake.failNext('remove_email', { code: 'offline', message: 'This needs the server.' });
    await user.keyboard('hers{Enter}');
    await waitFor(() => expect(problems()).toEqual(['offline']));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('remove-email-dialog')).toBeNull());
    expect(fake.called('remove_email').at(-1)).toEqual({ password: 'hers' });
    await waitFor(() => screen.getByText('Add'));
    expect(screen.queryByTestId('email-remove')).toBeNull();
  });

  test('where the server needs an address it cannot be removed', async () => {
    await settings((fake) => {
      if (fake.phase.kind === 'ready') fake.phase.server = { ...fake.phase.server, accounts: { ...fake.phase.server.accounts, email: 'required' } };
    });
    await waitFor(() => screen.getByText(/elin@example.org.*, verified/));
    expect(screen.queryByTestId('email-remove')).toBeNull();
  });

  test('an address that waits is verified by a new code', async () => {
    const { fake, user } = await settings((fake) => (fake.email = { address: 'elin@example.org', verified: false }));
    await user.click(screen.getByTestId('email-verify'));
    await user.type(await waitFor(() => screen.getByTestId('email-code')), '1{Enter}');
    await waitFor(() => expect(isWrong('email-code')).toBe(true));
    expect(fake.called('resend_email_code').length).toBe(1);
  });

  test('the password is changed for who knows the old one', async () => {
    const { fake, user } = await settings();
    await user.click(screen.getByTestId('password-change'));
    await user.type(screen.getByTestId('current-password'), 'the old one');
    await user.type(screen.getByTestId('new-password'), 'short{Enter}');
    await waitFor(() => expect(isWrong('new-password')).toBe(true));
    await user.type(screen.getByTestId('new-password'), ' is not enough{Enter}');
    await waitFor(() => expect(screen.queryByTestId('password-dialog')).toBeNull());
    expect(fake.called('change_password')).toEqual([{ current: 'the old one', password: 'short is not enough' }]);
  });

  test('a changed password says since when', async () => {
    const { user } = await settings();
    screen.getByText('Changing it signs your other devices out.');
    await user.click(screen.getByTestId('password-change'));
    await user.type(screen.getByTestId('current-password'), 'the old one');
    await user.type(screen.getByTestId('new-password'), 'long enough for all{Enter}');
    await waitFor(() => screen.getByText(/^Last changed on .+\. Changing it signs your other devices out\.$/));
  });

  test('offline the address is there, and what needs the server says so', async () => {
    const { user } = await settings((fake) => fake.goOffline());
    screen.getByText('elin@example.org, verified');
    screen.getByText(/what is grey here needs the server/);
    for (const button of ['email-change', 'email-remove', 'password-change']) expect(screen.getByTestId<HTMLButtonElement>(button).disabled).toBe(true);
    await user.click(screen.getByTestId('password-change'));
    expect(screen.queryByTestId('password-dialog')).toBeNull();
  });
});
