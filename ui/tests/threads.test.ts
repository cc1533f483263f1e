/** Threads: what is said under a message, in a window of its own. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { whatOf } from '../src/features/outbox/what';
import { sayUnder } from '../src/lib/backend/fake/threads';
import type { Fake } from '../src/lib/backend/fake/fake';
import { entry } from '../src/lib/backend/fake/model';
import { messages, openConversation, scenario, texts } from './page';

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
    expect(fake.called('say_in_thread')).toEqual([{ conversation: 'c-maren', root: id, text: 'by train?', in_conversation: false }]);
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
    await user.click(within(dialog).getByTestId('dialog-close'));
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
