/** Several accounts in one window: switched by hand and by keyboard, added, given up, removed; and nothing of one shows in another. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { FakeAccounts } from '../src/lib/backend/fake/accounts';
import { Fake, SERVER } from '../src/lib/backend/fake/fake';
import type { Me } from '../src/lib/backend';
import { openPage, row, scenario, settled } from './page';

const WORKER: Me = { user: 'u-work', username: 'elin.work', name: 'Elin at Harbour' };

/** Two accounts: one with everything, shown first, and one on another server. */
async function open() {
  const [home, work] = [scenario('everyday'), scenario('everyday')];
  work.phase = { kind: 'ready', me: WORKER, server: { ...SERVER, name: 'Harbour', address: 'harbour:7380' }, last: null };
  work.conversations = work.conversations.filter((one) => one.id === 'c-maren');
  for (const one of work.conversations) Object.assign(one, { id: 'c-work', name: 'Dock six', draft: 'half a crane' });
  const app = new FakeAccounts([home, work]);
  const user = await openPage(app);
  await row('c-maren');
  return { app, home, work, user };
}

const rows = () => screen.queryAllByTestId('conversation-row').map((line) => line.dataset.id);
const items = () => screen.queryAllByTestId('account');
const composer = () => screen.getByTestId<HTMLTextAreaElement>('composer');

async function openMenu() {
  (await waitFor(() => screen.getByTestId('open-accounts'))).focus();
}

describe('switching', () => {
  test('by the menu, with the keyboard alone: what was typed is kept, and nothing of the one stays in the other', async () => {
    const { home, work, user } = await open();
    await user.click(await row('c-maren'));
    await user.type(await waitFor(composer), 'half a thought');
    await openMenu();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(items()).toHaveLength(2));
    expect(items()[0]?.getAttribute('aria-checked')).toBe('true');
    expect(items()[1]?.textContent).toMatch(/Elin at Harbour.*Harbour/s);
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(rows()).toEqual(['c-work']));
    expect(home.called('save_draft').at(-1)).toEqual({ conversation: 'c-maren', text: 'half a thought', reply_to: null });
    expect(work.called('save_draft')).toEqual([]);
    expect(document.body.textContent).not.toMatch(/Maren|half a thought/);
    await user.click(await row('c-work'));
    await waitFor(() => expect(composer().value).toBe('half a crane'));

    // Back by the key: where one was, with what one had typed.
    home.phase = { ...home.phase, last: 'c-maren' } as typeof home.phase;
    home.find('c-maren').draft = 'half a thought';
    await user.keyboard('{Control>}{Alt>}[Digit1]{/Alt}{/Control}');
    await waitFor(() => expect(composer().value).toBe('half a thought'));
    expect(document.body.textContent).not.toMatch(/Dock six|half a crane/);
  });

  test('by number, by Ctrl+K and from the settings; not while a dialog is open, and not by Alt Gr', async () => {
    const { app, user } = await open();
    await user.keyboard('{Control>}{Alt>}[Digit2]{/Alt}{/Control}');
    await waitFor(() => expect(rows()).toEqual(['c-work']));
    await user.keyboard('{Control>}{Alt>}[Digit9]{/Alt}{/Control}');
    window.dispatchEvent(altGr('Digit1'));
    await user.keyboard('{Control>}/{/Control}');
    await waitFor(() => screen.getByTestId('key-list'));
    await user.keyboard('{Control>}{Alt>}[Digit1]{/Alt}{/Control}');
    await settled();
    expect(app.shown).toBe('account-2');
    await user.click(screen.getByLabelText('Close'));
    await waitFor(() => expect(screen.queryByTestId('key-list')).toBeNull());
    await user.keyboard('{Control>}k{/Control}');
    await waitFor(() => screen.getByText(/Switch to .*Elin/));
    await user.keyboard('Switch{Enter}');
    await row('c-maren');
    await user.keyboard('{Control>},{/Control}');
    await user.click(await waitFor(() => screen.getByTestId('account-switch')));
    await waitFor(() => expect(rows()).toEqual(['c-work']));
  });

  test('a notification of the other one leads there', async () => {
    const { app } = await open();
    app.open('account-2', { kind: 'open', conversation: 'c-work', message: null });
    await waitFor(() => expect(composer().value).toBe('half a crane'));
  });

  test('an answer that comes after the switch is nobody\'s', async () => {
    const { home, user } = await open();
    home.latency_ms = 60;
    // The list is on its way.
    home.changed('c-maren');
    await settled();
    const asked = home.called('list_conversations').length;
    home.changed('c-maren');
    await waitFor(() => expect(home.called('list_conversations').length).toBeGreaterThan(asked));
    await user.keyboard('{Control>}{Alt>}[Digit2]{/Alt}{/Control}');
    await waitFor(() => expect(rows()).toEqual(['c-work']));
    await new Promise((resume) => setTimeout(resume, 150));
    expect(rows()).toEqual(['c-work']);
    expect(document.body.textContent).not.toMatch(/Maren|Another account is shown/);
  });

  test('what is unread elsewhere counts at the switch, as it comes', async () => {
    const { app, home, work } = await open();
    const unread = work.status().unread;
    expect(screen.queryByTestId('accounts-badge')?.textContent ?? '').toContain(unread > 0 ? String(unread) : '');
    work.receive('c-work', 'u-maren', 'The crane is down');
    app.tell();
    await waitFor(() => expect(screen.getByTestId('accounts-badge').textContent).toContain(String(unread + 1)));
    expect(home.status().unread).not.toBe(unread + 1);
  });
});

describe('adding', () => {
  test('opens the first page, and cancelling leads back to what was open', async () => {
    const { app, user } = await open();
    await user.click(screen.getByTestId('open-accounts'));
    await user.click(await waitFor(() => screen.getByTestId('account-add')));
    await waitFor(() => screen.getByTestId('first-run'));
    expect(app.list()).toHaveLength(3);
    screen.getByTestId('account-cancel').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(rows()).toEqual(['c-work']));
    expect(app.list()).toHaveLength(2);
  });

  test('from the settings, through to the conversations, and the other stays signed in', async () => {
    const { app, home, user } = await open();
    await user.keyboard('{Control>},{/Control}');
    await user.click(await waitFor(() => screen.getByTestId('settings-account-add')));
    await user.type(await waitFor(() => screen.getByTestId('connect-link')), 'harbour:7380{Enter}');
    await user.type(await waitFor(() => screen.getByTestId('username')), 'elin');
    await user.type(screen.getByTestId('password'), 'correct horse battery{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect([app.shown, app.list().map((account) => account.state)]).toEqual(['account-3', ['open', 'open', 'open']]);
    expect(home.called('connect')).toEqual([]);
    expect(screen.queryByTestId('account-cancel')).toBeNull();
  });

  test('too many are refused in words', async () => {
    const { home, user } = await open();
    home.failNext('add_account', { code: 'too_many_accounts', message: 'Hearth has room for 9 accounts.' });
    await user.click(screen.getByTestId('open-accounts'));
    await user.click(await waitFor(() => screen.getByTestId('account-add')));
    await waitFor(() => screen.getByText('Hearth has room for 9 accounts.'));
    await row('c-maren');
  });

  test('the server in this app is used, not started again', async () => {
    const { home, user } = await open();
    home.phase = { ...home.phase, server: { ...SERVER, embedded: true } } as typeof home.phase;
    await user.click(screen.getByTestId('open-accounts'));
    await user.click(await waitFor(() => screen.getByTestId('account-add')));
    await user.click(await waitFor(() => screen.getByTestId('start-server')));
    await waitFor(() => screen.getByTestId('sign-in-page'));
  });
});

describe('links to a server that no account is on', () => {
  test('ask whether one is to be added, and fill in the first page', async () => {
    const { app, home, user } = await open();
    home.emit({ kind: 'connect_link', link: 'hearth://connect/b.example:1', here: false });
    await waitFor(() => expect(screen.getByTestId('add-question').textContent).toContain('b.example:1'));
    await user.click(screen.getByText('Cancel'));
    await waitFor(() => expect(screen.queryByTestId('add-question')).toBeNull());
    expect(app.list()).toHaveLength(2);
    home.emit({ kind: 'join_link', link: 'hearth://join/b.example:1/secret', server: 'hearth://connect/b.example:1', here: false });
    await user.click(await waitFor(() => screen.getByTestId('account-add-go')));

    await waitFor(() => screen.getByDisplayValue('hearth://connect/b.example:1'));
    await user.click(screen.getByTestId('connect-go'));
    await user.type(await waitFor(() => screen.getByTestId('username')), 'elin');
    await user.type(screen.getByTestId('password'), 'correct horse battery{Enter}');
    await waitFor(() => screen.getByTestId('join-dialog'));
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('join-link').value).toBe('hearth://join/b.example:1/secret'));
  });
});

describe('taking one off this computer', () => {
  test('is asked for, and leads to the other one', async () => {
    const { app, work, user } = await open();
    work.setPhase({ kind: 'sign_in', server: SERVER, returning: WORKER, reason: null });
    await user.keyboard('{Control>}{Alt>}[Digit2]{/Alt}{/Control}');
    await user.click(await waitFor(() => screen.getByTestId('account-remove')));
    await waitFor(() => expect(screen.getByTestId('remove-question').textContent).toContain('Elin at Harbour'));
    await user.click(screen.getByText('Cancel'));
    expect(work.called('remove_account')).toEqual([]);
    await user.click(screen.getByTestId('account-remove'));
    work.failNext('remove_account', { code: 'signed_in', message: 'Sign out of this account first.' });
    await user.click(await waitFor(() => screen.getByTestId('account-remove-go')));
    await waitFor(() => screen.getByText('Sign out of this account first.'));
    await user.click(screen.getByTestId('account-remove-go'));
    await row('c-maren');
    expect(app.list().map((account) => account.id)).toEqual(['account-1']);
  });

  test('one that is deleted goes as well', async () => {
    const { app, user } = await open();
    await user.keyboard('{Control>},{/Control}');
    await user.click(await waitFor(() => screen.getByTestId('account-delete')));
    await user.type(await waitFor(() => screen.getByTestId('delete-password')), 'correct horse{Enter}');
    await waitFor(() => expect(rows()).toEqual(['c-work']));
    screen.getByText('Your account is deleted.');
    expect(app.list().map((account) => account.id)).toEqual(['account-2']);
  });

  test('signed out, the others are a key away', async () => {
    const { home, user } = await open();
    home.setPhase({ kind: 'sign_in', server: SERVER, returning: null, reason: null });
    await waitFor(() => screen.getByTestId('sign-in-page'));
    await user.click(screen.getByTestId('open-accounts'));
    await waitFor(() => expect(items()).toHaveLength(2));
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(rows()).toEqual(['c-work']));
  });
});

test('one account alone has no bar on the first pages', async () => {
  await openPage(new FakeAccounts([Object.assign(new Fake(), { phase: { kind: 'first_run' } })]));
  await waitFor(() => screen.getByTestId('first-run'));
  expect(screen.queryByTestId('open-accounts')).toBeNull();
});

function altGr(code: string): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { code, ctrlKey: true, altKey: true, bubbles: true });
  Object.defineProperty(event, 'getModifierState', { value: (key: string) => key === 'AltGraph' });
  return event;
}
