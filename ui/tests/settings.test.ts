import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { messages, openPage, scenario } from './page';

describe('settings', () => {
  async function openSettings(name = 'everyday') {
    const fake = scenario(name);
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('open-settings')));
    return { fake, user };
  }

  test('whether others see what I have read is kept with the account', async () => {
    const { fake, user } = await openSettings();
    const toggle = await waitFor(() => screen.getByTestId('set-receipts'));
    expect(toggle.getAttribute('aria-checked')).toBe('true');
    await user.click(toggle);
    await waitFor(() => expect(toggle.getAttribute('aria-checked')).toBe('false'));
    expect([fake.shares_receipts, fake.called('set_read_receipts')]).toEqual([false, [{ on: false }]]);
  });

  test('the theme is shown at once and kept', async () => {
    const { fake, user } = await openSettings();
    await user.click(screen.getByTestId('theme-dark'));
    await waitFor(() => expect(fake.settings.theme).toBe('dark'));
    expect(document.documentElement.dataset.theme).toBe('dark');
    await user.click(screen.getByTestId('theme-system'));
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });

  test('a setting that cannot be kept goes back and says so', async () => {
    const { fake, user } = await openSettings();
    fake.failNext('set_settings', { code: 'disk_full', message: 'The disk is full.' });
    await user.click(screen.getByTestId('set-enter'));
    await waitFor(() => screen.getByText('The disk is full.'));
    expect(screen.getByTestId('set-enter').getAttribute('aria-checked')).toBe('true');
  });

  test('notifications, closing, Enter', async () => {
    const { fake, user } = await openSettings();
    await user.selectOptions(screen.getByTestId('set-notify'), 'sender');
    await user.selectOptions(screen.getByTestId('set-close'), 'tray');
    await user.click(screen.getByTestId('set-enter'));
    await user.selectOptions(screen.getByTestId('set-undo-send'), '10');
    await user.selectOptions(screen.getByTestId('set-quiet'), 'for_ever');
    await waitFor(() => expect(fake.settings).toMatchObject({ theme: 'system', notify: 'sender', close: 'tray', do_not_disturb: true, do_not_disturb_until_local: null, enter_sends: false, undo_send_s: 10, emoji: [], skin_tone: 0 }));
  });

  test('Escape leaves them for the button that leads there', async () => {
    const { user } = await openSettings();
    expect((document.activeElement as HTMLElement).textContent).toContain('Account');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('open-settings')));
  });

  test('the link for others is there to be copied', async () => {
    const { user } = await openSettings();
    const link = screen.getByTestId('server-link').textContent ?? '';
    expect(link).toMatch(/^hearth:\/\/connect\/northlight\.example\.org:7380#sha256=/);
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    await waitFor(() => screen.getByText('Copied'));
    expect(await navigator.clipboard.readText()).toBe(link);
  });

  test('signing out asks first when something has not been sent', async () => {
    const { fake, user } = await openSettings('offline');
    await user.click(screen.getByTestId('sign-out'));
    expect(fake.called('sign_out')).toEqual([]);
    expect(screen.getByTestId('sign-out-question').textContent).toContain('3 changes have not been sent yet');
    await user.click(screen.getByTestId('sign-out-go'));
    await waitFor(() => screen.getByTestId('sign-in-page'));
  });

  test('and does it at once when everything was', async () => {
    const { user } = await openSettings();
    await user.click(screen.getByTestId('sign-out'));
    await waitFor(() => screen.getByTestId('returning'));
    expect(messages()).toHaveLength(0);
  });
});

describe('closing the window for the first time', () => {
  test.each([
    ['close-tray', 'tray'],
    ['close-quit', 'quit'],
  ] as const)('%s', async (button, choice) => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    fake.emit({ kind: 'ask_close' });
    await user.click(await waitFor(() => screen.getByTestId('close-remember')));
    await user.click(screen.getByTestId(button));
    await waitFor(() => expect(fake.called('answer_close')).toEqual([{ choice, remember: false }]));
    expect(screen.queryByTestId('close-question')).toBeNull();
  });
});
