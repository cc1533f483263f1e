import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { view } from '../src/state/view.svelte';
import { messages, openConversation, openPage, row, scenario, settled, texts } from './page';

const composer = () => screen.getByTestId('composer') as HTMLTextAreaElement;
const editor = () => screen.getByTestId('edit-text') as HTMLTextAreaElement;
const CONFLICT = { kind: 'failed', problem: { code: 'edit_conflict', message: 'The message was changed elsewhere.' } } as const;

function mine(text: string): HTMLElement {
  const found = messages().find((message) => message.dataset.mine === 'true' && message.textContent?.includes(text));
  if (!found) throw new Error(`no message of mine says ${text}`);
  return found;
}

async function openOutbox(name: string) {
  const fake = scenario(name);
  const user = await openConversation(fake, 'c-maren');
  await user.click(screen.getByTestId('outbox-count'));
  await waitFor(() => screen.getByTestId('outbox'));
  await waitFor(() => expect(screen.getAllByTestId('outbox-item').length).toBe(fake.outbox.length));
  return { fake, user };
}

const entry = (what: string): HTMLElement => {
  const found = screen.getAllByTestId('outbox-item').find((item) => item.textContent?.includes(what));
  if (!found) throw new Error(`no entry says ${what}`);
  return found;
};

describe('the outbox', () => {
  test('says of each entry what it is, where, and why it waits; a conversation that needs the person comes first', async () => {
    await openOutbox('failed');
    const lanes = screen.getByTestId('outbox').querySelectorAll('section');
    expect([...lanes].map((lane) => lane.getAttribute('aria-label'))).toEqual(['Maren Solberg', 'Noor Haddad', 'Cable car', 'Everything else']);
    expect(within(lanes[0] as HTMLElement).getAllByTestId('outbox-item').map((item) => item.dataset.state)).toEqual(['failed', 'queued']);
    expect(within(entry('New conversation')).getByTestId('outbox-why').textContent).toBe('Waiting to be sent');
    within(entry('Whether others see what you have read')).getByText('Waiting to be sent');
    expect(within(entry('Who comes along?')).getByTestId('outbox-why').textContent).toBe('Waits for what it needs');
    expect(within(entry('Which file?')).getByTestId('outbox-why').textContent).toContain('Tried 2 times');
  });

  test('what is discarded comes back into its own conversation, whatever is open by then', async () => {
    const fake = scenario('failed');
    const user = await openConversation(fake, 'c-maren');
    const [failed] = await waitFor(() => screen.getAllByTestId('message-discard'));
    const text = failed?.closest('[data-testid="message"]')?.querySelector('[data-testid="message-text"]')?.textContent ?? '';
    expect(text).not.toBe('');
    await user.click(failed as HTMLElement);
    const undo = await waitFor(() => screen.getByRole('button', { name: 'Undo' }));
    await user.click(await row('c-noor'));
    await waitFor(() => expect(view.conversation).toBe('c-noor'));
    await user.click(undo);
    await waitFor(() => expect(view.conversation).toBe('c-maren'));
    await waitFor(() => expect(composer().value).toContain(text));
    await user.click(await row('c-noor'));
    await waitFor(() => expect(composer().value).not.toContain(text));
  });

  test('what needs an entry goes along only with a word', async () => {
    const { fake, user } = await openOutbox('failed');
    await user.click(within(entry('New conversation')).getByTestId('outbox-discard'));
    const question = await waitFor(() => screen.getByTestId('discard-question'));
    within(question).getByText('Who comes along?');
    expect(fake.outbox.some((item) => item.what === 'create_conversation')).toBe(true);
    await user.click(screen.getByTestId('discard-go'));
    await waitFor(() => expect(fake.outbox.some((item) => item.conversation === 'c-new')).toBe(false));
  });

  test('what was tried is taken back first; its text comes back, or it had arrived', async () => {
    const { fake, user } = await openOutbox('failed');
    const tried = fake.enqueue('c-maren', 'not like this', { kind: 'queued' }, 1);
    const late = fake.enqueue('c-maren', 'too late', { kind: 'queued' }, 1);
    fake.changed('c-maren');
    await waitFor(() => entry('too late'));
    await user.click(within(entry('not like this')).getByTestId('outbox-edit'));
    await waitFor(() => expect(within(entry('not like this')).getByTestId('outbox-why').textContent).toBe('Being taken back'));
    expect(within(entry('not like this')).queryByTestId('outbox-discard')).toBeNull();
    expect(composer().value).toBe('');
    fake.takenBack(tried.id, 'returned');
    await waitFor(() => expect(composer().value).toBe('not like this'));
    await user.click(within(entry('too late')).getByTestId('outbox-discard'));
    fake.takenBack(late.id, 'arrived');
    await waitFor(() => screen.getByText('It had already been sent, so it stays.'));
    await waitFor(() => expect(texts()).toContain('too late'));
  });

  test('the server’s reason and the next try stand there', async () => {
    const { fake } = await openOutbox('failed');
    const item = fake.enqueue('c-maren', 'later', { kind: 'queued' }, 1);
    item.wait = { kind: 'told', problem: { code: 'rate_limited', message: 'Too much at once.' }, next_try_local: Date.now() + 30_000 };
    fake.changed('c-maren');
    await waitFor(() => expect(within(entry('later')).getByTestId('outbox-why').textContent).toMatch(/^Too much at once\. Next try in (29|30) s\.$/));
  });
});

describe('editing and deleting', () => {
  test('Up in an empty box edits my last message; it shows at once and says so', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.click(composer());
    await user.keyboard('{ArrowUp}');
    await waitFor(() => expect(editor().value).toBe('Same as on your drawing.'));
    await user.clear(editor());
    await user.type(editor(), 'As on your drawing.{Enter}');
    await waitFor(() => expect(screen.queryByTestId('edit-text')).toBeNull());
    expect(fake.called('edit_message')).toEqual([
      { conversation: 'c-maren', message: mine('As on your drawing.').dataset.id, text: 'As on your drawing.', instead_of: null },
    ]);
    within(mine('As on your drawing.')).getByTestId('message-edited');
    await waitFor(() => expect(document.activeElement).toBe(composer()));
  });

  test('keys of a message: E edits, Esc leaves it, Delete asks; those of others are deleted for me', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'half a thought');
    mine('Same as on your drawing.').focus();
    await user.keyboard('e');
    await waitFor(() => expect(editor().value).toBe('Same as on your drawing.'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(composer().value).toBe('half a thought'));
    mine('Same as on your drawing.').focus();
    await user.keyboard('{Delete}');
    await waitFor(() => screen.getByTestId('delete-question'));
    expect(fake.called('delete_message')).toEqual([]);
    await user.click(screen.getByTestId('delete-go'));
    await waitFor(() => screen.getByText('Message deleted'));
    const theirs = messages().at(-1) as HTMLElement;
    expect(theirs.dataset.mine).toBe('false');
    theirs.focus();
    await user.keyboard('e{Delete}');
    await settled();
    expect(fake.called('hide_message')).toEqual([{ conversation: 'c-maren', message: theirs.dataset.id, on: true }]);
    expect([screen.queryByTestId('edit-text'), screen.queryByTestId('delete-question'), within(theirs).queryByLabelText('Edit this message')]).toEqual([null, null, null]);
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(messages().at(-2));
  });

  test('the menu of a message offers what its owner can do', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await fireEvent.contextMenu(mine('Same as on your drawing.'));
    const items = () => within(screen.getByTestId('message-menu')).getAllByRole('menuitem', { hidden: true }).map((item) => item.dataset.testid);
    expect(items()).toEqual(['menu-react', 'menu-reply', 'menu-thread', 'menu-forward', 'menu-edit', 'menu-copy', 'menu-star', 'menu-collect', 'menu-message-pin', 'menu-link', 'menu-hide', 'menu-delete']);
    await user.click(screen.getByTestId('menu-edit'));
    await waitFor(() => expect(editor().value).toBe('Same as on your drawing.'));
    await fireEvent.contextMenu(messages().at(-1) as HTMLElement);
    expect(items()).toEqual(['menu-react', 'menu-reply', 'menu-thread', 'menu-forward', 'menu-copy', 'menu-star', 'menu-collect', 'menu-message-pin', 'menu-link', 'menu-unread', 'menu-why', 'menu-hide']);
  });

  test('a conflict keeps both: what stands in its place, mine in the composer and under it', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    fake.delivery_ms = null;
    const id = mine('Same as on your drawing.').dataset.id ?? '';
    await fake.call('edit_message', { conversation: 'c-maren', message: id, text: 'from the laptop', instead_of: null });
    const refused = fake.outbox[0];
    if (refused) refused.state = CONFLICT;
    fake.changed('c-maren');
    await waitFor(() => expect(editor().value).toBe('from the laptop'));
    expect(screen.getByTestId('edit-notice').textContent).toContain('another device');
    expect(screen.getByTestId('change-text').textContent).toBe('from the laptop');
    expect(texts()).toContain('Same as on your drawing.');
    await user.click(screen.getByTestId('edit-save'));
    await waitFor(() => expect(fake.called('edit_message').at(-1)).toEqual({ conversation: 'c-maren', message: id, text: 'from the laptop', instead_of: refused?.id }));
    await waitFor(() => expect(texts()).toContain('from the laptop'));
    expect(screen.queryByTestId('change-failed')).toBeNull();
  });

  test('a conflict that comes while one writes waits under its message', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'busy');
    const id = mine('Same as on your drawing.').dataset.id ?? '';
    await fake.call('edit_message', { conversation: 'c-maren', message: id, text: 'from the laptop', instead_of: null });
    if (fake.outbox[0]) fake.outbox[0].state = CONFLICT;
    fake.changed('c-maren');
    await user.click(await waitFor(() => screen.getByTestId('change-drop')));
    await waitFor(() => expect(screen.queryByTestId('change-failed')).toBeNull());
    expect([composer().value, fake.outbox.length]).toEqual(['busy', 0]);
  });
});

describe('what is on this computer', () => {
  test('is said for a conversation, also offline', async () => {
    const fake = scenario('arriving');
    const user = await openConversation(fake, 'c-idris');
    await user.click(screen.getByTestId('coverage-open'));
    await waitFor(() => expect(screen.getByTestId('coverage').textContent).toContain('2 messages are here, at most 1,198 are missing. Older ones are still being fetched.'));
    fake.goOffline();
    await waitFor(() => expect(screen.getByTestId('coverage').textContent).toContain('Older ones come when the server answers again.'));
    fake.find('c-idris').known = [[1, Infinity]];
    fake.changed('c-idris');
    await waitFor(() => expect(screen.getByTestId('coverage').textContent).toMatch(/Everything since .* is on this computer: 1,200 messages\./), { timeout: 2_000 });
  });

  test('is listed in the settings, what is not whole first', async () => {
    const fake = scenario('arriving');
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-settings'));
    const list = await waitFor(() => screen.getByTestId('coverage-list'));
    await waitFor(() => expect(within(list).getAllByRole('listitem').length).toBe(10));
    expect(within(list).getAllByRole('listitem').slice(0, 4).map((line) => line.dataset.complete)).toEqual(['false', 'false', 'false', 'true']);
    screen.getByText(/7 of 10 conversations are wholly on this computer/);
  });
});
