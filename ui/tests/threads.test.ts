/** Threads: what is said under a message, in a window of its own. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { whatOf } from '../src/features/outbox/what';
import { sayUnder } from '../src/lib/backend/fake/threads';
import type { Fake } from '../src/lib/backend/fake/fake';
import { ME, entry } from '../src/lib/backend/fake/model';
import { asides } from '../src/state/asides';
import { goTo, view } from '../src/state/view.svelte';
import { findings } from './axe';
import { messages, openConversation, openPage, scenario, settled, texts } from './page';

/** A message of Maren's that stands in the open conversation. */
async function root(fake: Fake): Promise<{ id: string; shown: HTMLElement }> {
  fake.receive('c-maren', 'u-maren', 'the trip');
  const id = fake.find('c-maren').messages.at(-1)?.id ?? '';
  const shown = await waitFor(() => {
    const found = messages().find((message) => message.dataset.id === id);
    if (!found) throw new Error('it does not stand there');
    return found;
  });
  return { id, shown };
}

const thread = () => waitFor(() => screen.getByTestId('thread'));
const said = (dialog: HTMLElement) => within(within(dialog).getByTestId('thread-messages')).queryAllByTestId('message-text').map(({ textContent }) => textContent);
const line = (id: string) => messages().find((message) => message.dataset.id === id)?.querySelector<HTMLElement>('[data-testid="thread-line"]') ?? null;

describe('a thread', () => {
  test('is begun from the menu, and its root shows how much was said', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const { id, shown } = await root(fake);
    expect(line(id)).toBeNull();
    await user.pointer({ target: shown, keys: '[MouseRight]' });
    await user.click(within(await waitFor(() => screen.getByTestId('message-menu'))).getByTestId('menu-thread'));
    const dialog = await thread();
    await waitFor(() => expect(dialog.textContent).toContain('Nobody has replied here yet.'));
    await user.type(within(dialog).getByTestId('thread-write'), 'by train?{Enter}');
    await waitFor(() => expect(said(dialog)).toEqual(['by train?']));
    expect(fake.called('say_in_thread')).toEqual([{ conversation: 'c-maren', root: id, text: 'by train?', reply_to: null, in_conversation: false }]);
    expect(texts().filter((text) => text === 'by train?')).toHaveLength(1);
    expect(fake.find('c-maren').messages.at(-1)?.id).toBe(id);
    await waitFor(() => expect(line(id)?.textContent).toContain('1 reply'));
  });

  test('counts what is new in it until it is opened', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const { id } = await root(fake);
    sayUnder(fake, 'c-maren', id, 'u-elin', 'by train?');
    sayUnder(fake, 'c-maren', id, 'u-maren', 'by boat');
    await waitFor(() => expect(line(id)?.textContent).toContain('2 replies'));
    expect(line(id)?.querySelector('[data-testid="thread-unread"]')?.textContent).toBe('1 new');
    const row = () => document.querySelector('[data-testid="conversation-row"][data-id="c-maren"] [data-testid="row-asides"]');
    await waitFor(() => expect(row()).not.toBeNull());
    await user.click(line(id) as HTMLElement);
    const dialog = await thread();
    await waitFor(() => expect(said(dialog)).toEqual(['by train?', 'by boat']));
    await waitFor(() => expect(fake.called('read_thread')).toEqual([{ conversation: 'c-maren', root: id, pos: 2 }]));
    await waitFor(() => expect([line(id)?.querySelector('[data-testid="thread-unread"]'), row()]).toEqual([null, null]));
  });

  test('is what is looked at while its window is open', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const { id } = await root(fake);
    sayUnder(fake, 'c-maren', id, 'u-maren', 'by train?');
    await waitFor(() => expect(line(id)).not.toBeNull());
    const last = () => fake.called('set_focus').at(-1);
    expect(last()).toEqual({ conversation: 'c-maren', thread: null, focused: true });
    await user.click(line(id) as HTMLElement);
    const dialog = await thread();
    await waitFor(() => expect(last()).toEqual({ conversation: 'c-maren', thread: id, focused: true }));
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(last()).toEqual({ conversation: 'c-maren', thread: null, focused: true }));
  });

  test('is followed and left, and shown to the conversation where one wants that', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const { id } = await root(fake);
    sayUnder(fake, 'c-maren', id, 'u-maren', 'by train?');
    await waitFor(() => expect(line(id)).not.toBeNull());
    await user.click(line(id) as HTMLElement);
    const dialog = await thread();
    const follow = await waitFor(() => within(dialog).getByTestId('thread-follow'));
    expect(follow.getAttribute('aria-checked')).toBe('false');
    await user.click(follow);
    await waitFor(() => expect(follow.getAttribute('aria-checked')).toBe('true'));
    expect(fake.called('follow_thread')).toEqual([{ conversation: 'c-maren', root: id, on: true }]);
    await user.click(within(dialog).getByTestId('thread-also'));
    await user.type(within(dialog).getByTestId('thread-write'), 'by boat');
    await user.click(within(dialog).getByTestId('thread-say'));
    await waitFor(() => expect(said(dialog)).toEqual(['by train?', 'by boat']));
    expect(fake.find('c-maren').messages.at(-1)?.thread_root).toBe(id);
  });

  test('is named in the outbox', () => {
    const some = { since_local: 0, message_text: 'the trip' };
    expect(whatOf(entry({ ...some, what: 'follow_thread' }))).toBe('Follow the thread under “the trip”');
    expect(whatOf(entry({ ...some, what: 'leave_thread' }))).toBe('Leave the thread under “the trip”');
    expect(whatOf(entry({ ...some, what: 'leave_thread', message_text: null }))).toBe('Leave a thread');
  });
});

/** An open thread under a message of Maren's, in which she says one thing and Elin another. */
async function opened() {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  const { id } = await root(fake);
  const hers = sayUnder(fake, 'c-maren', id, 'u-maren', 'by train?');
  const mine = sayUnder(fake, 'c-maren', id, ME.user, 'by boat');
  await waitFor(() => expect(line(id)?.textContent).toContain('2 replies'));
  await user.click(line(id) as HTMLElement);
  const dialog = await thread();
  await waitFor(() => expect(said(dialog)).toEqual(['by train?', 'by boat']));
  return { fake, user, id, hers, mine, dialog };
}

function shown(dialog: HTMLElement, text: string): HTMLElement {
  const found = within(dialog).getAllByTestId('message').find((message) => message.textContent?.includes(text));
  if (!found) throw new Error(`the thread does not say "${text}"`);
  return found;
}

async function close(user: Awaited<ReturnType<typeof openPage>>, dialog: HTMLElement) {
  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByTestId('thread')).toBeNull());
}

describe('a message in a thread', () => {
  test('has the menu of the timeline, without what a thread has not', async () => {
    const { fake, user, hers, dialog } = await opened();
    await user.pointer({ target: shown(dialog, 'by train?'), keys: '[MouseRight]' });
    const menu = within(await waitFor(() => screen.getByTestId('message-menu')));
    for (const act of ['react', 'reply', 'forward', 'copy', 'star', 'collect', 'link', 'unread', 'why', 'hide']) menu.getByTestId(`menu-${act}`);
    expect([menu.queryByTestId('menu-thread'), menu.queryByTestId('menu-edit'), menu.queryByTestId('menu-delete')]).toEqual([null, null, null]);
    await user.click(menu.getByTestId('menu-star'));
    await waitFor(() => within(shown(dialog, 'by train?')).getByTestId('message-starred'));
    expect(fake.called('star')).toEqual([{ conversation: 'c-maren', message: hers, on: true }]);
    await user.pointer({ target: shown(dialog, 'by boat'), keys: '[MouseRight]' });
    const own = within(await waitFor(() => screen.getByTestId('message-menu')));
    own.getByTestId('menu-edit');
    own.getByTestId('menu-delete');
  });

  test('is answered in the thread, and leads to what it answers', async () => {
    const { fake, user, id, hers, dialog } = await opened();
    await user.click(within(shown(dialog, 'by train?')).getByTestId('message-reply'));
    await waitFor(() => expect(within(dialog).getByTestId('reply-bar').textContent).toContain('by train?'));
    await user.type(within(dialog).getByTestId('thread-write'), 'at noon{Enter}');
    await waitFor(() => expect(said(dialog)).toEqual(['by train?', 'by boat', 'at noon']));
    expect(fake.called('say_in_thread')).toEqual([{ conversation: 'c-maren', root: id, text: 'at noon', reply_to: hers, in_conversation: false }]);
    expect(within(dialog).queryByTestId('reply-bar')).toBeNull();
    const quote = within(shown(dialog, 'at noon')).getByTestId('quote');
    expect(quote.textContent).toContain('by train?');
    await user.click(quote);
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.id).toBe(hers));
    await user.type(within(dialog).getByTestId('thread-write'), 'and back{Enter}');
    await waitFor(() => expect(fake.called('say_in_thread').at(-1)).toMatchObject({ text: 'and back', reply_to: null }));
  });

  test('is reached and edited by keys, in the box of the thread', async () => {
    const { fake, user, id, hers, mine, dialog } = await opened();
    const focused = () => (document.activeElement as HTMLElement).dataset.id;
    shown(dialog, 'by boat').focus();
    await user.keyboard('{ArrowUp}');
    expect(focused()).toBe(hers);
    await user.keyboard('{ArrowUp}');
    expect(focused()).toBe(id);
    await user.keyboard('{ArrowDown}t');
    expect(focused()).toBe(hers);
    await user.keyboard('{ArrowDown}e');
    const editor = await waitFor(() => within(dialog).getByTestId<HTMLTextAreaElement>('edit-text'));
    expect([editor.value, within(dialog).queryByTestId('thread-write')]).toEqual(['by boat', null]);
    await user.clear(editor);
    await user.type(editor, 'by the early boat{Enter}');
    await waitFor(() => expect(said(dialog)).toEqual(['by train?', 'by the early boat']));
    expect(fake.called('edit_message')).toEqual([{ conversation: 'c-maren', message: mine, text: 'by the early boat', instead_of: null }]);
    within(dialog).getByTestId('thread-write');
    await waitFor(() => expect(focused()).toBe(mine));
    expect([view.editing, view.thread?.root]).toEqual([null, id]);
  });

  test('is unread from there on by its menu or U, and what is looked at stays so until one comes back', async () => {
    const { fake, user, id, hers, dialog } = await opened();
    const told = () => fake.called('read_thread').length;
    const shownNew = () => line(id)?.querySelector('[data-testid="thread-unread"]')?.textContent;
    await waitFor(() => expect([told(), shownNew()]).toEqual([1, undefined]));
    await user.pointer({ target: shown(dialog, 'by train?'), keys: '[MouseRight]' });
    await user.click(within(await waitFor(() => screen.getByTestId('message-menu'))).getByText('Mark unread from here'));
    await waitFor(() => expect(shownNew()).toBe('1 new'));
    expect(fake.called('unread_thread')).toEqual([{ conversation: 'c-maren', root: id, from: hers }]);
    sayUnder(fake, 'c-maren', id, 'u-maren', 'or not at all?');
    await waitFor(() => expect([said(dialog).length, shownNew()]).toEqual([3, '2 new']));
    await settled();
    expect([told(), fake.called('mark_unread')]).toEqual([1, []]);
    await close(user, dialog);
    await user.click(line(id) as HTMLElement);
    const again = await thread();
    await waitFor(() => expect([told(), shownNew()]).toEqual([2, undefined]));
    shown(again, 'or not at all?').focus();
    await user.keyboard('u');
    await waitFor(() => expect(shownNew()).toBe('1 new'));
    // Another device has read it: from there on looking is enough again.
    fake.call('read_thread', { conversation: 'c-maren', root: id, pos: 3 });
    await waitFor(() => expect(shownNew()).toBeUndefined());
    await settled();
    sayUnder(fake, 'c-maren', id, 'u-maren', 'well?');
    await waitFor(() => expect([told(), shownNew()]).toEqual([4, undefined]));
  });

  test('is not offered to be unread where one does not follow the thread, nor where it is mine', async () => {
    const { fake, user, dialog } = await opened();
    await user.pointer({ target: shown(dialog, 'by boat'), keys: '[MouseRight]' });
    expect(within(await waitFor(() => screen.getByTestId('message-menu'))).queryByTestId('menu-unread')).toBeNull();
    await user.keyboard('{Escape}');
    await user.click(within(dialog).getByTestId('thread-follow'));
    await waitFor(() => expect(within(dialog).getByTestId('thread-follow').getAttribute('aria-checked')).toBe('false'));
    shown(dialog, 'by train?').focus();
    await user.keyboard('u');
    await user.pointer({ target: shown(dialog, 'by train?'), keys: '[MouseRight]' });
    expect(within(await waitFor(() => screen.getByTestId('message-menu'))).queryByTestId('menu-unread')).toBeNull();
    expect(fake.called('unread_thread')).toEqual([]);
  });

  test('is deleted for all after a question, and for oneself with a way back, while the thread stays open', async () => {
    const { fake, user, hers, mine, dialog } = await opened();
    shown(dialog, 'by boat').focus();
    await user.keyboard('{Delete}');
    await user.click(await waitFor(() => screen.getByTestId('delete-go')));
    await waitFor(() => expect(said(dialog)).toEqual(['by train?']));
    expect(fake.called('delete_message')).toEqual([{ conversation: 'c-maren', message: mine }]);
    shown(dialog, 'by train?').focus();
    await user.keyboard('{Delete}');
    await waitFor(() => expect(said(dialog)).toEqual([]));
    expect(fake.called('hide_message')).toEqual([{ conversation: 'c-maren', message: hers, on: true }]);
    shown(dialog, 'Message deleted').focus();
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(said(dialog)).toEqual(['by train?']));
    screen.getByTestId('thread');
  });

  test('keeps an edit that was refused, and goes on with it there', async () => {
    const { fake, user, mine, dialog } = await opened();
    await fake.call('edit_message', { conversation: 'c-maren', message: mine, text: 'by the night boat', instead_of: null });
    const refused = fake.outbox.find(({ message }) => message === mine);
    if (!refused) throw new Error('nothing waits');
    refused.state = { kind: 'failed', problem: { code: 'edit_conflict', message: 'The message was changed elsewhere.' } };
    fake.changed('c-maren');
    await user.click(await waitFor(() => within(dialog).getByTestId('change-edit')));
    const editor = await waitFor(() => within(dialog).getByTestId<HTMLTextAreaElement>('edit-text'));
    expect([editor.value, view.editing]).toEqual(['by the night boat', null]);
    await user.click(within(dialog).getByTestId('edit-save'));
    await waitFor(() => expect(fake.called('edit_message').at(-1)).toEqual({ conversation: 'c-maren', message: mine, text: 'by the night boat', instead_of: refused.id }));
  });

  test('that is being written, and what it answers, is there again when its thread is, and in no other', async () => {
    const { fake, user, id, dialog } = await opened();
    shown(dialog, 'by train?').focus();
    await user.keyboard('r');
    await waitFor(() => within(dialog).getByTestId('reply-bar'));
    await user.type(within(dialog).getByTestId('thread-write'), 'half a');
    await close(user, dialog);
    fake.receive('c-maren', 'u-maren', 'another trip');
    goTo.thread('c-maren', fake.find('c-maren').messages.at(-1)?.id ?? '');
    const other = await thread();
    expect([within(other).getByTestId<HTMLTextAreaElement>('thread-write').value, within(other).queryByTestId('reply-bar')]).toEqual(['', null]);
    await close(user, other);
    goTo.thread('c-maren', id);
    const again = await thread();
    expect(within(again).getByTestId<HTMLTextAreaElement>('thread-write').value).toBe('half a');
    expect(within(again).getByTestId('reply-bar').textContent).toContain('by train?');
  });
});

test('a text that was given up comes back behind what is being written, and answers what it did unless something else is chosen', () => {
  const quote = (message: string) => ({ message, sender: 'u-maren', name: 'Maren', mine: false, what: { kind: 'text' as const, text: 'by train?' } });
  asides.back('m-root', 'by boat', quote('m-one'));
  expect(asides.get('m-root')).toEqual({ text: 'by boat', quote: quote('m-one') });
  asides.set('m-root', { text: 'or' });
  asides.back('m-root', 'by boat', quote('m-two'));
  expect(asides.get('m-root')).toEqual({ text: 'or\nby boat', quote: quote('m-one') });
  asides.set('m-root', { text: '', quote: null });
  expect(asides.get('m-root')).toEqual({ text: '', quote: null });
});

describe('the threads that one follows', () => {
  const lines = () => screen.queryAllByTestId('followed-line').map(({ dataset }) => dataset.id);
  const lineIn = (id: string) => {
    const found = screen.getAllByTestId('followed-line').find(({ dataset }) => dataset.id === id);
    if (!found) throw new Error(`no line ${id}`);
    return within(found);
  };

  /** Maren's and Noor's, which Elin follows, and one that she does not. */
  function followed(fake: Fake): [string, string] {
    let at = fake.now();
    fake.now = () => (at += 1_000);
    const under = (conversation: string, sender: string, text: string) => {
      fake.receive(conversation, sender, text);
      return fake.find(conversation).messages.at(-1)?.id ?? '';
    };
    const maren = under('c-maren', 'u-maren', 'the trip');
    sayUnder(fake, 'c-maren', maren, ME.user, 'by boat');
    sayUnder(fake, 'c-maren', maren, 'u-maren', 'by train?');
    sayUnder(fake, 'c-maren', under('c-maren', 'u-maren', 'not mine'), 'u-maren', 'a word to myself');
    const noor = under('c-noor', 'u-noor', 'the cake');
    sayUnder(fake, 'c-noor', noor, ME.user, 'apple');
    return [maren, noor];
  }

  test('are listed, the newest first, and opened from there', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const [maren, noor] = followed(fake);
    await user.click(screen.getByTestId('open-threads'));
    await waitFor(() => expect(lines()).toEqual([noor, maren]));
    expect(lineIn(noor).queryByTestId('followed-unread')).toBeNull();
    const hers = lineIn(maren);
    expect(hers.getByTestId('followed-unread').textContent).toBe('1 new');
    hers.getByText('the trip');
    hers.getByText('2 replies');
    expect(await findings()).toEqual([]);

    await user.click(hers.getByTestId('followed-open'));
    const dialog = await thread();
    await waitFor(() => expect(said(dialog)).toEqual(['by boat', 'by train?']));
    await waitFor(() => expect(fake.called('read_thread').at(-1)).toMatchObject({ conversation: 'c-maren', root: maren }));
    expect(await findings()).toEqual([]);
    await close(user, dialog);
    await waitFor(() => expect(lineIn(maren).queryByTestId('followed-unread')).toBeNull());
    expect(view.place).toBe('threads');
    sayUnder(fake, 'c-maren', maren, 'u-maren', 'or not at all');
    await waitFor(() => expect([lines(), lineIn(maren).getByTestId('followed-unread').textContent]).toEqual([[maren, noor], '1 new']));
  });

  test('are marked as unread there, where something of somebody else is', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const [maren, noor] = followed(fake);
    goTo.threads();
    await waitFor(() => expect(lines()).toEqual([noor, maren]));
    expect(lineIn(maren).queryByTestId('followed-mark-unread')).toBeNull();
    await fake.call('read_thread', { conversation: 'c-maren', root: maren, pos: 2 });
    await user.click(await waitFor(() => lineIn(maren).getByRole('button', { name: 'Mark as unread' })));
    await waitFor(() => expect(lineIn(maren).getByTestId('followed-unread').textContent).toBe('1 new'));
    expect(fake.called('unread_thread')).toEqual([{ conversation: 'c-maren', root: maren, from: null }]);
    expect(lineIn(maren).queryByTestId('followed-mark-unread')).toBeNull();
    await user.click(lineIn(noor).getByTestId('followed-mark-unread'));
    await waitFor(() => screen.getByText('There is no message of somebody else here that could be unread.'));
    expect(await findings()).toEqual([]);
  });

  test('are left there, and a wrong press is undone', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const [maren, noor] = followed(fake);
    goTo.threads();
    await waitFor(() => expect(lines()).toEqual([noor, maren]));
    await user.click(lineIn(noor).getByTestId('followed-leave'));
    await waitFor(() => expect(lines()).toEqual([maren]));
    expect(fake.called('follow_thread')).toEqual([{ conversation: 'c-noor', root: noor, on: false }]);
    await user.click(await waitFor(() => screen.getByRole('button', { name: 'Undo' })));
    await waitFor(() => expect(lines()).toEqual([noor, maren]));
  });

  test('say so where what they are about is gone or is not here', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    const [maren, noor] = followed(fake);
    const root = fake.find('c-maren').messages.find(({ id }) => id === maren);
    if (root) root.content = { kind: 'deleted' };
    fake.find('c-noor').known = [[1, 1]];
    goTo.threads();
    await waitFor(() => expect(lines()).toEqual([noor, maren]));
    lineIn(maren).getByText('The message that this is about is not shown any more.');
    lineIn(noor).getByText(/not on this computer yet/);
  });

  test('are found by the palette, and where there is none that is said', async () => {
    const user = await openPage(scenario('everyday'));
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('switcher-query')), 'threads{Enter}');
    await waitFor(() => screen.getByTestId('threads-page'));
    await waitFor(() => screen.getByText('No threads yet'));
    await user.keyboard('{Escape}');
    expect(view.place).toBe('conversations');
  });

  test('that cannot be read say why, and are asked for again', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const [maren, noor] = followed(fake);
    await settled();
    fake.failNext('list_threads', { code: 'internal', message: 'The copy on this computer could not be read.' });
    goTo.threads();
    const again = await waitFor(() => screen.getByTestId('threads-retry'));
    expect(screen.getByTestId('problem').textContent).toContain('could not be read');
    await user.click(again);
    await waitFor(() => expect(lines()).toEqual([noor, maren]));
  });
});
