import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { openPage, scenario, settled } from './page';

const value = (testid: string) => (screen.getByTestId(testid) as HTMLInputElement).value;

async function problem(): Promise<[string | undefined, string]> {
  const note = await waitFor(() => screen.getByTestId('problem'));
  return [note.dataset.code, note.textContent?.trim() ?? ''];
}

describe('first run', () => {
  test('starts a server here, for the network or for this computer only', async () => {
    for (const [choice, lan] of [['start-server-lan', true], ['start-server-loopback', false]] as const) {
      const fake = scenario('first_run');
      const user = await openPage(fake);
      await user.click(screen.getByTestId('start-server'));
      expect(fake.called('start_server')).toEqual([]);
      await user.click(screen.getByTestId(choice));
      await user.click(screen.getByTestId('start-server-go'));
      await waitFor(() => screen.getByTestId('sign-in-page'));
      expect(fake.called('start_server')).toEqual([{ lan }]);
      document.body.replaceChildren();
    }
  });

  test('a server that does not start says why', async () => {
    const fake = scenario('first_run');
    fake.failNext('start_server', { code: 'internal', message: 'Port 7380 is in use. Close the other program and try again.' });
    const user = await openPage(fake);
    await user.click(screen.getByTestId('start-server'));
    await user.click(screen.getByTestId('start-server-go'));
    expect(await problem()).toEqual(['internal', 'Port 7380 is in use. Close the other program and try again.']);
  });

  test.each(['unreachable', 'not_hearth', 'wrong_certificate', 'bad_link'])('connecting: %s is said beside the field, and the address stays', async (code) => {
    const fake = scenario('first_run');
    fake.failNext('connect', { code, message: `What to do about ${code}.` });
    const user = await openPage(fake);
    await user.type(screen.getByTestId('connect-link'), ' chat.example.org{Enter}');
    expect(await problem()).toEqual([code, `What to do about ${code}.`]);
    expect(value('connect-link')).toBe(' chat.example.org');
    expect(fake.called('connect')).toEqual([{ link: 'chat.example.org' }]);
    await user.click(screen.getByTestId('connect-go'));
    await waitFor(() => screen.getByTestId('sign-in-page'));
  });

  test('a connect link from outside fills the field and does nothing by itself', async () => {
    const fake = scenario('first_run');
    await openPage(fake);
    fake.emit({ kind: 'connect_link', link: 'hearth://connect/a.example:1', here: false });
    await waitFor(() => expect(value('connect-link')).toBe('hearth://connect/a.example:1'));
    expect(fake.called('connect')).toEqual([]);
  });
});

describe('an account', () => {
  async function fillIn(user: Awaited<ReturnType<typeof openPage>>, password = 'correct horse battery') {
    await user.type(screen.getByTestId('username'), 'elin');
    await user.type(screen.getByTestId('first-name'), 'Elin');
    await user.type(screen.getByTestId('last-name'), 'Brandt');
    await user.type(screen.getByTestId('password'), password);
    await user.type(screen.getByTestId('password-again'), password);
  }

  test('the first one on a server in this app needs no code', async () => {
    const fake = scenario('sign_up');
    const user = await openPage(fake);
    expect(screen.queryByTestId('set-up-code')).toBeNull();
    await fillIn(user);
    await user.click(screen.getByTestId('sign-up-go'));
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_up')).toEqual([{ username: 'elin', first_name: 'Elin', last_name: 'Brandt', password: 'correct horse battery', email: null, set_up_code: null, invite: null }]);
  });

  test('the first one elsewhere needs the code that the server printed', async () => {
    const fake = scenario('set_up');
    const user = await openPage(fake);
    await fillIn(user);
    await user.click(screen.getByTestId('sign-up-go'));
    expect((await problem())[0]).toBe('set_up_code_required');
    expect(fake.called('sign_up')).toEqual([]);
    await user.type(screen.getByTestId('set-up-code'), 'ABCD-EFGH{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_up')[0]?.set_up_code).toBe('ABCD-EFGH');
  });

  test('the password rule is said beforehand and checked before the server is asked', async () => {
    const fake = scenario('sign_up');
    const user = await openPage(fake);
    screen.getByText(/At least 10 characters/);
    await fillIn(user, 'short');
    await user.click(screen.getByTestId('sign-up-go'));
    expect(await problem()).toEqual(['weak_password', 'A password has at least 10 characters; this one has 5.']);
    expect(fake.called('sign_up')).toEqual([]);
  });

  test('the password is typed twice by whoever does not see it', async () => {
    const fake = scenario('sign_up');
    const user = await openPage(fake);
    await fillIn(user);
    await user.type(screen.getByTestId('password-again'), '!');
    await user.click(screen.getByTestId('sign-up-go'));
    expect(await problem()).toEqual(['password_differs', 'The two are not the same. Type it once more.']);
    expect(screen.getByTestId('password-again').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByTestId('password').getAttribute('aria-invalid')).toBeNull();
    expect(fake.called('sign_up')).toEqual([]);
    const [show] = screen.getAllByRole('button', { name: 'Show the password' });
    await user.click(show as HTMLElement);
    expect(screen.queryByTestId('password-again')).toBeNull();
    await user.click(screen.getByTestId('sign-up-go'));
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_up')[0]?.password).toBe('correct horse battery');
  });

  test('a taken name is said at the name, and nothing that was typed is lost', async () => {
    const fake = scenario('sign_up');
    fake.failNext('sign_up', { code: 'username_taken', message: 'Somebody has this username already. Choose another.' });
    const user = await openPage(fake);
    await fillIn(user);
    await user.click(screen.getByTestId('sign-up-go'));
    expect((await problem())[0]).toBe('username_taken');
    expect(screen.getByTestId('username').getAttribute('aria-invalid')).toBe('true');
    expect(['username', 'first-name', 'last-name', 'password'].map(value)).toEqual(['elin', 'Elin', 'Brandt', 'correct horse battery']);
    await user.click(screen.getByTestId('to-sign-in'));
    expect(['username', 'password'].map(value)).toEqual(['elin', 'correct horse battery']);
  });

  test('a wrong password is said at the password; an unreachable server at the form', async () => {
    const fake = scenario('sign_in');
    fake.failNext('sign_in', { code: 'wrong_credentials', message: 'Username or password do not match.' });
    fake.failNext('sign_in', { code: 'unreachable', message: 'The server does not answer. Try again later.' });
    const user = await openPage(fake);
    await user.type(screen.getByTestId('username'), 'elin');
    await user.type(screen.getByTestId('password'), 'guess{Enter}');
    expect((await problem())[0]).toBe('wrong_credentials');
    expect(screen.getByTestId('password').getAttribute('aria-invalid')).toBe('true');
    await user.click(screen.getByTestId('sign-in-go'));
    await waitFor(async () => expect((await problem())[0]).toBe('unreachable'));
    expect(screen.getByTestId('password').getAttribute('aria-invalid')).toBeNull();
    await user.click(screen.getByTestId('sign-in-go'));
    await waitFor(() => screen.getByTestId('main'));
  });

  test('somebody who returns is told why, and what waits here', async () => {
    await openPage(scenario('returning'));
    expect(value('username')).toBe('elin.brandt');
    expect(screen.getByTestId('returning').textContent).toContain('2 changes wait to be sent');
    screen.getByText(/The server ended your session/);
  });

  test('the password can be looked at', async () => {
    const user = await openPage(scenario('sign_in'));
    expect(screen.getByTestId('password').getAttribute('type')).toBe('password');
    await user.click(screen.getByRole('button', { name: 'Show the password' }));
    expect(screen.getByTestId('password').getAttribute('type')).toBe('text');
  });

  test('who signs in types the password once', async () => {
    const user = await openPage(scenario('sign_in'));
    expect(screen.queryByTestId('password-again')).toBeNull();
    await user.click(screen.getByTestId('to-sign-up'));
    expect(screen.getByTestId('password-again').getAttribute('type')).toBe('password');
  });

  test('another server: back to the first page', async () => {
    const fake = scenario('sign_in');
    const user = await openPage(fake);
    await user.click(screen.getByRole('button', { name: 'another server' }));
    await waitFor(() => screen.getByTestId('first-run'));
  });
});

describe('locked', () => {
  test('a locked keychain is tried again', async () => {
    const fake = scenario('locked');
    fake.failNext('unlock', { code: 'keychain', message: 'The keychain is still locked.' });
    const user = await openPage(fake);
    await user.click(screen.getByTestId('unlock-go'));
    expect(await problem()).toEqual(['keychain', 'The keychain is still locked.']);
    await user.click(screen.getByTestId('unlock-go'));
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('unlock')).toEqual([{ passphrase: null }, { passphrase: null }]);
  });

  test('a new passphrase is typed twice', async () => {
    const fake = scenario('passphrase_new');
    const user = await openPage(fake);
    await user.type(screen.getByTestId('passphrase'), 'correct horse battery');
    await user.type(screen.getByTestId('passphrase-again'), 'correct horse{Enter}');
    expect((await problem())[0]).toBe('passphrase_differs');
    await user.type(screen.getByTestId('passphrase-again'), ' battery{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('unlock')).toEqual([{ passphrase: 'correct horse battery' }]);
  });

  test('a wrong passphrase stays where it can be mended', async () => {
    const fake = scenario('passphrase');
    fake.failNext('unlock', { code: 'wrong_passphrase', message: 'That is not the passphrase. Try again.' });
    const user = await openPage(fake);
    await user.type(screen.getByTestId('passphrase'), 'guess{Enter}');
    expect((await problem())[0]).toBe('wrong_passphrase');
    expect(value('passphrase')).toBe('guess');
  });
});

test('a profile that cannot be opened says so and that nothing was deleted', async () => {
  await openPage(scenario('blocked'));
  expect((await problem())[0]).toBe('newer_database');
  screen.getByText('Nothing was deleted.');
});

test('a shell that does not answer is said too', async () => {
  const fake = scenario('everyday');
  fake.failNext('boot', { code: 'internal', message: 'The profile folder is not writable.' });
  await openPage(fake);
  await settled();
  expect(await problem()).toEqual(['internal', 'The profile folder is not writable.']);
});
