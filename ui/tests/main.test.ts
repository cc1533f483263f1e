import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { openConversation, openPage, row, scenario, settled, texts } from './page';

const names = () => screen.queryAllByTestId('conversation-row').map((line) => line.dataset.name);

describe('the list', () => {
  test('newest first, with preview, draft, unread and where my message is', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    const line = await row('c-first-light');
    expect(names().slice(0, 2)).toEqual(['Maren Solberg', 'first-light']);
    expect(line.dataset.unread).toBe('3');
    expect(line.textContent).toContain('Maren:');
    expect((await row('c-lucia')).textContent).toContain('Draft:');
    expect((await row('c-noor')).textContent).toContain('You:');
    // The virtual list keeps its lines hidden until it has measured them, which never happens here.
    expect((await row('c-noor')).querySelector('[role="img"]')?.getAttribute('aria-label')).toBe('Sent');
  });

  test('the conversation that was open when the app ended is open again', async () => {
    const fake = scenario('everyday');
    if (fake.phase.kind === 'ready') fake.phase.last = 'c-noor';
    await openPage(fake);
    await waitFor(() => expect(fake.called('set_focus').at(-1)?.conversation).toBe('c-noor'));
    expect((await row('c-noor')).getAttribute('aria-current')).toBe('true');
  });

  test('a line moves up when something comes in', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    await row('c-noor');
    fake.receive('c-noor', 'u-noor', 'hello');
    await waitFor(() => expect(names()[0]).toBe('Noor Haddad'));
    expect((await row('c-noor')).dataset.unread).toBe('1');
  });

  test('filters; what is being read stays on the list of the unread', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await row('c-maren');
    await user.click(screen.getByRole('button', { name: 'Groups' }));
    await waitFor(() => expect(names()).toEqual(['first-light', 'Brandt family', 'Guiding team']));
    await user.click(screen.getByRole('button', { name: /^Unread/ }));
    await waitFor(() => expect(names()).toEqual(['first-light', 'Brandt family']));
    await user.click(await row('c-first-light'));
    await waitFor(() => expect(fake.find('c-first-light').read_pos).toBe(11), { timeout: 2_000 });
    await settled();
    expect(names()).toEqual(['first-light', 'Brandt family']);
    await user.click(await row('c-family'));
    await waitFor(() => expect(names()).toEqual(['Brandt family']));
  });

  test('one stop for Tab, arrows for the rest', async () => {
    const user = await openPage(scenario('everyday'));
    await row('c-maren');
    const stops = screen.getAllByTestId('conversation-row').filter((line) => line.tabIndex === 0);
    expect(stops.map((line) => line.dataset.id)).toEqual(['c-maren']);
    stops[0]?.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.name).toBe('Idris Okafor'));
    await user.keyboard('{Home}');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.name).toBe('Maren Solberg'));
  });

  test('empty, and not to be read: both have words and a way on', async () => {
    const user = await openPage(scenario('empty'));
    await waitFor(() => screen.getByText('No conversations yet'));
    await user.click(screen.getByRole('button', { name: 'Groups' }));
    await waitFor(() => screen.getByText('Nothing with several people yet'));
    await user.click(screen.getByRole('button', { name: 'Make one' }));
    await waitFor(() => screen.getByTestId('create-dialog'));
    document.body.replaceChildren();

    const broken = scenario('everyday');
    broken.failNext('list_conversations', { code: 'damaged_database', message: 'A page is damaged.' });
    const again = await openPage(broken);
    await waitFor(() => screen.getByText('A page is damaged.'));
    await again.click(screen.getByRole('button', { name: 'Try again' }));
    await row('c-maren');
  });

  test('the foot says how far the history is', async () => {
    await openPage(scenario('arriving'));
    await row('c-maren');
    expect(screen.getByTestId('ember').dataset.state).toBe('catching_up');
    expect(screen.getByTestId('backfill').textContent).toBe('history 1,204/7,168');
    expect(screen.queryByTestId('outbox-count')).toBeNull();
  });

  test('blocked: what stops it is said until it is over', async () => {
    const fake = scenario('blocked_connection');
    await openPage(fake);
    await waitFor(() => expect(screen.getByTestId('blocked-banner').textContent).toContain('The server is newer than this app.'));
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(screen.queryByTestId('blocked-banner')).toBeNull());
  });

  test('what somebody has to mend is said in full, not as being offline, and stays while the next try runs', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    await row('c-maren');
    const problem = { code: 'wrong_certificate', message: 'Its certificate is another one. Ask for a new link.' };
    fake.setConnection({ kind: 'offline', next_try_ms: 4_000, problem });
    const banner = await waitFor(() => screen.getByTestId('blocked-banner'));
    expect(banner.dataset.code).toBe('wrong_certificate');
    expect(banner.textContent).toContain(problem.message);
    expect(screen.queryByTestId('offline-banner')).toBeNull();
    fake.setConnection({ kind: 'connecting' });
    await waitFor(() => expect(screen.getByTestId('ember').dataset.state).toBe('connecting'));
    expect(screen.getByTestId('blocked-banner')).toBe(banner);
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(screen.queryByTestId('blocked-banner')).toBeNull());
    fake.setConnection({ kind: 'connecting' });
    await waitFor(() => expect(screen.getByTestId('ember').dataset.state).toBe('connecting'));
    expect(screen.queryByTestId('blocked-banner')).toBeNull();
  });

  test('the session ended: its banner leads to signing in again, not to trying again', async () => {
    const fake = scenario('session_ended');
    const user = await openPage(fake);
    const banner = within(await waitFor(() => screen.getByTestId('blocked-banner')));
    expect(banner.queryByRole('button', { name: 'Try again' })).toBeNull();
    // Without room for the banner the list has the same button.
    expect(screen.getByTestId('status-sign-in').textContent).toBe('Sign in again');
    await user.click(banner.getByRole('button', { name: 'Sign in again' }));
    await waitFor(() => screen.getByTestId('sign-in-page'));
    expect(fake.calls.map((call) => call.name)).toContain('sign_out');
    expect(screen.getByTestId('returning').textContent).toContain('Elin Brandt');
  });
});

describe('search', () => {
  async function searchFor(query: string, name = 'everyday') {
    const fake = scenario(name);
    const user = await openPage(fake);
    await row('c-maren');
    await user.keyboard('{Control>}f{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('search-query')), query);
    return { fake, user };
  }

  test('finds while one types, marks the words and says what was covered', async () => {
    await searchFor('tensioner short');
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(1));
    const [hit] = screen.getAllByTestId('search-hit');
    expect([...(hit?.querySelectorAll('mark') ?? [])].map((mark) => mark.textContent)).toEqual(['tensioner', 'short']);
    expect(screen.getByTestId('search-coverage').textContent).toContain('Everything on this computer was searched.');
  });

  test('says what is not here yet', async () => {
    await searchFor('belt', 'arriving');
    await waitFor(() => expect(screen.getByTestId('search-coverage').textContent).toContain('3 conversations are not wholly here yet.'));
  });

  test('Enter goes to the message in its place', async () => {
    const { user } = await searchFor('Drill it then');
    await waitFor(() => expect(screen.getAllByTestId('search-hit')).toHaveLength(1));
    const id = screen.getByTestId('search-hit').dataset.id;
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('composer')).toBeTruthy());
    await waitFor(() => expect(document.querySelector('.msg.hit')?.getAttribute('data-id')).toBe(id));
  });

  test('the preview shows the place and reads nothing', async () => {
    const { fake } = await searchFor('diagonal');
    await waitFor(() => expect(texts().some((text) => text.includes('red torches'))).toBe(true));
    await new Promise((resume) => setTimeout(resume, 600));
    expect(fake.called('mark_read')).toEqual([]);
  });

  test('names come first, and nothing found is said with the words', async () => {
    const { user } = await searchFor('noor');
    await waitFor(() => expect(screen.getByTestId('search-conversation').dataset.id).toBe('c-noor'));
    await user.clear(screen.getByTestId('search-query'));
    await user.type(screen.getByTestId('search-query'), 'azimut');
    await waitFor(() => screen.getByText('Nothing found for “azimut”'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('search-query')).toBeNull());
  });

  test('more results come when the end is near', async () => {
    const { fake, user } = await searchFor('belt');
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBe(40));
    for (let i = 0; i < 7; i += 1) await user.keyboard('{PageDown}');
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(40));
    expect(fake.called('search').at(-1)?.after).toBe('40');
  });

  test('a late answer to earlier words is thrown away', async () => {
    const { fake, user } = await searchFor('noor');
    await waitFor(() => screen.getByTestId('search-conversation'));
    fake.latency_ms = 150;
    await user.type(screen.getByTestId('search-query'), 'x');
    await new Promise((resume) => setTimeout(resume, 60));
    fake.latency_ms = 0;
    await user.clear(screen.getByTestId('search-query'));
    await user.type(screen.getByTestId('search-query'), 'drill');
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(0));
    await new Promise((resume) => setTimeout(resume, 250));
    expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(0);
  });
});

describe('the keyboard', () => {
  test('Ctrl+K, letters, Enter', async () => {
    const user = await openPage(scenario('everyday'));
    await row('c-maren');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('switcher-query')), 'noo');
    await waitFor(() => expect(within(screen.getByTestId('switcher')).getAllByRole('option')[0]?.textContent).toContain('Noor Haddad'));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('timeline').dataset.conversation).toBe('c-noor'));
    expect(screen.queryByTestId('switcher')).toBeNull();
  });

  test('from the switcher the words go on into the search', async () => {
    const user = await openPage(scenario('everyday'));
    await row('c-maren');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('switcher-query')), 'torches');
    await user.click(await waitFor(() => screen.getByRole('option', { name: /Search all messages for “torches”/ })));
    await waitFor(() => expect(screen.getAllByTestId('search-hit')).toHaveLength(1));
    expect((screen.getByTestId('search-query') as HTMLInputElement).value).toBe('torches');
  });

  test('a Cyrillic keyboard has the same keys', async () => {
    const user = await openPage(scenario('everyday'));
    await row('c-maren');
    await user.keyboard('{Control>}[KeyK]{/Control}');
    await waitFor(() => screen.getByTestId('switcher'));
  });

  test('Alt+Down walks the list, with Shift only what is unread', async () => {
    const user = await openConversation(scenario('everyday'), 'c-maren');
    const open = () => screen.getByTestId('timeline').dataset.conversation;
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await waitFor(() => expect(open()).toBe('c-first-light'));
    await user.keyboard('{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}');
    await waitFor(() => expect(open()).toBe('c-family'));
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await waitFor(() => expect(open()).toBe('c-lucia'));
  });

  test('Enter that chooses a word of an input method chooses nothing from a list', async () => {
    const user = await openPage(scenario('everyday'));
    await row('c-maren');
    await user.keyboard('{Control>}k{/Control}');
    const query = await waitFor(() => screen.getByTestId('switcher-query'));
    await user.type(query, 'noo');
    await waitFor(() => expect(within(screen.getByTestId('switcher')).getAllByRole('option')[0]?.textContent).toContain('Noor Haddad'));
    await fireEvent.keyDown(query, { key: 'Enter', keyCode: 229 });
    await fireEvent.keyDown(query, { key: 'Enter', isComposing: true });
    await settled();
    expect(screen.queryByTestId('timeline')).toBeNull();
    screen.getByTestId('switcher');
  });

  test('while a dialog is open its keys are its own', async () => {
    const user = await openPage(scenario('everyday'));
    await row('c-maren');
    await user.keyboard('{Control>}n{/Control}');
    await waitFor(() => screen.getByTestId('people-query'));
    await user.keyboard('{Control>}f{/Control}');
    expect(screen.queryByTestId('search-query')).toBeNull();
  });

  test('Ctrl+/ lists the keys, Ctrl+, opens the settings and Esc closes them', async () => {
    const user = await openPage(scenario('everyday'));
    await row('c-maren');
    await user.keyboard('{Control>}/{/Control}');
    await waitFor(() => screen.getByTestId('key-list'));
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await user.keyboard('{Control>},{/Control}');
    await waitFor(() => screen.getByTestId('settings-page'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('settings-page')).toBeNull());
  });
});

test('a warning is said, also one from before the page was there', async () => {
  const fake = scenario('everyday');
  fake.warning = { code: 'keychain', message: 'The keychain could not be written.' };
  await openPage(fake);
  await waitFor(() => screen.getByText('The keychain could not be written.'));
  fake.emit({ kind: 'warning', problem: { code: 'wrapped_key', message: 'The second copy of the key is not on the server.' } });
  await waitFor(() => screen.getByText('The second copy of the key is not on the server.'));
});

test('while the profile opens the page waits, and then shows what it is', async () => {
  const fake = scenario('everyday');
  fake.phase = { kind: 'starting' };
  await openPage(fake);
  expect(screen.queryByTestId('main')).toBeNull();
  fake.setPhase({ kind: 'first_run' });
  await waitFor(() => screen.getByTestId('first-run'));
});

test('a connect link while signed in is answered, not followed', async () => {
  const fake = scenario('everyday');
  await openPage(fake);
  await row('c-maren');
  fake.emit({ kind: 'connect_link', link: 'hearth://connect/b.example:1', here: true });
  await waitFor(() => screen.getByText(/You are on .*Northlight.* already/));
  expect(fake.called('connect')).toEqual([]);
});

test('a session that ends takes everything off the screen', async () => {
  const fake = scenario('everyday');
  await openConversation(fake, 'c-maren');
  fake.setPhase({ kind: 'sign_in', server: { name: 'N', address: 'n:1', connect_link: '', embedded: false, needs_set_up: false, accounts: { email: 'optional', mail: true, password_chars_min: 10, sign_up: 'open', mail_domains: [] }, invite: null }, returning: null, reason: { kind: 'session_ended' } });
  await waitFor(() => screen.getByTestId('sign-in-page'));
  expect(texts()).toEqual([]);
});
