/** Two-step sign-in: its second step on the first page, and turning it on and off in the settings. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { APP_CODE } from '../src/lib/backend/fake/two_step';
import { openPage, scenario, settled } from './page';

const problems = () => screen.queryAllByTestId('problem').map((note) => note.dataset.code);
const isWrong = (testid: string) => screen.getByTestId(testid).getAttribute('aria-invalid') === 'true';
const hasFocus = (testid: string) => waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testid)));

describe('signing in', () => {
  async function second(recovery: string[] = []) {
    const fake = scenario('sign_in');
    fake.two_step = 1;
    fake.recovery_codes = recovery;
    const user = await openPage(fake);
    await user.type(screen.getByTestId('username'), 'elin');
    await user.type(screen.getByTestId('password'), 'correct horse battery{Enter}');
    await hasFocus('second-code');
    return { fake, user };
  }

  test('the code is asked for after the password, and the keyboard is enough', async () => {
    const { fake, user } = await second();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(isWrong('second-code')).toBe(true));
    expect(fake.called('finish_sign_in')).toEqual([]);
    await user.keyboard('111111{Enter}');
    await waitFor(() => expect(problems()).toEqual(['wrong_code']));
    await hasFocus('second-code');
    await user.clear(screen.getByTestId('second-code'));
    await user.keyboard(`${APP_CODE}{Enter}`);
    await waitFor(() => screen.getByTestId('main'));
  });

  test('a recovery code goes into the same field', async () => {
    const { fake, user } = await second(['ABCD-EFGH-JKLM-NPQR']);
    await user.keyboard('ABCD-EFGH-JKLM-NPQR{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.recovery_codes).toEqual([]);
  });

  test('what is over begins again with the password, and says so', async () => {
    const { fake, user } = await second();
    fake.failNext('finish_sign_in', { code: 'sign_in_over', message: 'Signing in took too long. Begin again.' });
    await user.keyboard(`${APP_CODE}{Enter}`);
    await waitFor(() => expect(problems()).toEqual(['sign_in_over']));
    expect(screen.getByTestId<HTMLInputElement>('username').value).toBe('elin');
    expect(screen.getByTestId<HTMLInputElement>('password').value).toBe('');
  });

  test('what the server cannot check is said, and one can go back', async () => {
    const { fake, user } = await second();
    fake.failNext('finish_sign_in', { code: 'second_step_broken', message: 'Use a recovery code, or ask the owner.' });
    await user.keyboard(`${APP_CODE}{Enter}`);
    await waitFor(() => expect(problems()).toEqual(['second_step_broken']));
    await user.click(screen.getByTestId('second-back'));
    await waitFor(() => screen.getByTestId('sign-in-go'));
    expect(problems()).toEqual([]);
  });

  test.each(['to-code', 'to-reset'])('a code by mail stands in for the password alone: %s', async (way) => {
    const fake = scenario('sign_in');
    fake.two_step = 1;
    const user = await openPage(fake);
    await user.click(screen.getByTestId(way));
    await user.type(screen.getByTestId('username'), 'elin{Enter}');
    await user.type(await waitFor(() => screen.getByTestId('code')), '12345678');
    const password = screen.queryByTestId('new-password');
    if (password) await user.type(password, 'staple battery horse');
    await user.keyboard('{Enter}');
    await hasFocus('second-code');
    await user.keyboard(`${APP_CODE}{Enter}`);
    await waitFor(() => screen.getByTestId('main'));
  });
});

describe('in the settings', () => {
  async function settings(change?: (fake: ReturnType<typeof scenario>) => void) {
    const fake = scenario('everyday');
    change?.(fake);
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('open-settings')));
    await waitFor(() => screen.getByTestId('password-change'));
    await settled();
    return { fake, user };
  }
  const isOn = (fake: ReturnType<typeof scenario>) => {
    fake.two_step = Date.UTC(2026, 10, 1);
    fake.recovery_codes = ['ABCD-EFGH-JKLM-NPQR'];
  };

  test('turned on by the password, the app and its first code; the recovery codes are shown once', async () => {
    const { fake, user } = await settings();
    await user.click(screen.getByTestId('two-step-on'));
    await hasFocus('two-step-password');
    fake.failNext('begin_two_step', { code: 'wrong_credentials', message: 'This is not your password.' });
    await user.keyboard('hers{Enter}');
    await waitFor(() => expect(isWrong('two-step-password')).toBe(true));
    await user.keyboard('{Enter}');
    await hasFocus('two-step-code');
    expect(screen.getByTestId('two-step-secret').textContent).toMatch(/^([A-Z2-7]{4} ?){8}$/);
    expect(screen.getByTestId('two-step-qr').querySelector('path')?.getAttribute('d')).toMatch(/^M4 4/);
    await user.keyboard('111111{Enter}');
    await waitFor(() => expect(isWrong('two-step-code')).toBe(true));
    await user.clear(screen.getByTestId('two-step-code'));
    await user.keyboard(`${APP_CODE}{Enter}`);
    await waitFor(() => expect(screen.getAllByTestId('recovery-code')).toHaveLength(10));
    await settled();
    await user.click(screen.getByTestId('recovery-copy'));
    expect((await navigator.clipboard.readText()).split('\n')).toEqual(fake.recovery_codes);
    await user.click(screen.getByTestId('recovery-done'));
    await waitFor(() => screen.getByText(/On since .* · 10 recovery codes left/));
    expect(screen.queryAllByTestId('recovery-code')).toEqual([]);
  });

  test('a set-up that took too long begins again', async () => {
    const { fake, user } = await settings();
    await user.click(screen.getByTestId('two-step-on'));
    await user.type(screen.getByTestId('two-step-password'), 'hers{Enter}');
    fake.failNext('confirm_two_step', { code: 'sign_in_over', message: 'That took too long. Begin again with your password.' });
    await user.type(await waitFor(() => screen.getByTestId('two-step-code')), `${APP_CODE}{Enter}`);
    await hasFocus('two-step-password');
    expect(problems()).toEqual(['sign_in_over']);
  });

  test('turned off by password and code', async () => {
    const { fake, user } = await settings(isOn);
    await waitFor(() => screen.getByText(/one recovery code left/));
    await user.click(screen.getByTestId('two-step-off'));
    await hasFocus('prove-password');
    await user.keyboard('hers{Enter}');
    await waitFor(() => expect(isWrong('prove-code')).toBe(true));
    expect(fake.called('turn_off_two_step')).toEqual([]);
    await hasFocus('prove-code');
    await user.keyboard('ABCD-EFGH-JKLM-NPQR{Enter}');
    await waitFor(() => screen.getByTestId('two-step-on'));
    expect(fake.called('turn_off_two_step')).toEqual([{ password: 'hers', code: 'ABCD-EFGH-JKLM-NPQR' }]);
  });

  test('new recovery codes take the place of the old', async () => {
    const { fake, user } = await settings(isOn);
    await user.click(screen.getByTestId('two-step-codes'));
    await user.type(screen.getByTestId('prove-password'), 'hers');
    await user.type(screen.getByTestId('prove-code'), `${APP_CODE}{Enter}`);
    await waitFor(() => expect(screen.getAllByTestId('recovery-code')).toHaveLength(10));
    expect(fake.recovery_codes).not.toContain('ABCD-EFGH-JKLM-NPQR');
    await user.click(screen.getByTestId('recovery-done'));
    await waitFor(() => screen.getByText(/10 recovery codes left/));
  });

  test('offline one sees that it is on, and what needs the server says so', async () => {
    await settings((fake) => {
      isOn(fake);
      fake.goOffline();
    });
    screen.getByText(/On since /);
    for (const button of ['two-step-off', 'two-step-codes']) expect(screen.getByTestId<HTMLButtonElement>(button).disabled).toBe(true);
  });
});
