import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { attention } from '../src/features/main/focus.svelte';
import { messages, openConversation, openPage, row, scenario, settled, texts } from './page';

const composer = () => screen.getByTestId('composer') as HTMLTextAreaElement;
const last = () => {
  const found = messages().at(-1);
  if (!found) throw new Error('no message');
  return found;
};

describe('the timeline', () => {
  test('shows a conversation: days, groups, names, the unread line', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-first-light');
    await waitFor(() => expect(texts()).toHaveLength(11));
    screen.getByText('Today');
    screen.getByRole('separator', { name: '3 new messages' });
    screen.getByText('All of this conversation is on this computer.');
    // Tomasz wrote twice in a row: his name stands once.
    expect(screen.getByTestId('timeline').querySelectorAll('.name.hue-1, .name[class*="hue-"]').length).toBeGreaterThan(3);
    const names = within(screen.getByTestId('timeline')).getAllByText('Tomasz Wilk').filter((name) => name.closest('.name'));
    expect(names).toHaveLength(1);
  });

  test('text is text: markup stays visible and addresses become links that the shell opens', async () => {
    const fake = scenario('everyday');
    fake.receive('c-maren', 'u-maren', '<img src=x onerror=alert(1)> <b>bold</b> https://example.org/a javascript:alert(1)');
    const user = await openConversation(fake, 'c-maren');
    const text = last().querySelector('[data-testid="message-text"]');
    expect(text?.textContent).toBe('<img src=x onerror=alert(1)> <b>bold</b> https://example.org/a javascript:alert(1)');
    expect(text?.querySelectorAll('img, b')).toHaveLength(0);
    await user.click(within(last()).getByRole('link', { name: 'https://example.org/a' }));
    expect(fake.called('open_link')).toEqual([{ url: 'https://example.org/a' }]);
  });

  test('tombstones and messages of newer versions have words', async () => {
    const fake = scenario('everyday');
    const [first, second] = fake.find('c-maren').messages;
    if (first) first.content = { kind: 'deleted' };
    if (second) second.content = { kind: 'unknown', name: 'poll' };
    await openConversation(fake, 'c-maren');
    screen.getByText('Message deleted');
    screen.getByText('This message needs a newer version of Hearth');
  });

  test('what comes in is shown, announced once, and read when it is on the screen', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    fake.receive('c-maren', 'u-maren', 'on the train');
    await waitFor(() => expect(texts().at(-1)).toBe('on the train'));
    await waitFor(() => screen.getByText('Maren Solberg: on the train'));
    await waitFor(() => expect(fake.called('mark_read')).toEqual([{ conversation: 'c-maren', pos: 5 }]), { timeout: 2_000 });
  });

  test('ticks say how far a message of mine is, and who has read it', async () => {
    const fake = scenario('everyday');
    fake.find('c-maren').reached.clear();
    const user = await openConversation(fake, 'c-maren');
    const mine = () => messages().filter((message) => message.dataset.mine === 'true');
    expect(mine().map((message) => message.dataset.state)).toEqual(['sent', 'sent']);
    within(mine()[0] as HTMLElement).getByLabelText('Sent');
    fake.reach('c-maren', 'u-maren', { delivered: 3, read: 0 });
    await waitFor(() => expect(mine().map((message) => message.dataset.state)).toEqual(['delivered', 'delivered']));
    fake.reach('c-maren', 'u-maren', { delivered: 3, read: 2 });
    await waitFor(() => expect(mine().map((message) => message.dataset.state)).toEqual(['read', 'delivered']));
    within(mine()[0] as HTMLElement).getByLabelText('Read');

    await user.click(within(mine()[1] as HTMLElement).getByTestId('message-ticks'));
    const dialog = screen.getByTestId('readers');
    await waitFor(() => within(dialog).getByText('Delivered to'));
    expect(within(dialog).getByTestId('reader').textContent).toContain('Maren Solberg');
    // It is read while one looks.
    fake.reach('c-maren', 'u-maren', { delivered: 3, read: 3 });
    await waitFor(() => expect(within(dialog).getByTestId('reader').dataset.read).toBe('true'));
    within(dialog).getByText('Read by');
  });

  test('the top says when older messages were removed', async () => {
    const fake = scenario('everyday');
    fake.find('c-maren').removed = true;
    await openConversation(fake, 'c-maren');
    expect(screen.getByTestId('timeline-top').textContent?.trim()).toBe("Older messages were removed by the server's policy.");
  });

  test('nothing is read in a window that is not in front', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    attention.focused = false;
    fake.receive('c-maren', 'u-maren', 'are you there?');
    await waitFor(() => expect(texts().at(-1)).toBe('are you there?'));
    await new Promise((resume) => setTimeout(resume, 600));
    expect(fake.called('mark_read')).toEqual([]);
    attention.focused = true;
    await waitFor(() => expect(fake.called('mark_read')).toHaveLength(1), { timeout: 2_000 });
  });

  test('the shell hears what is on the screen', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    expect(fake.called('set_focus').at(-1)).toEqual({ conversation: 'c-maren', thread: null, focused: true });
  });

  test('a hole says so and can be fetched', async () => {
    const fake = scenario('arriving');
    const user = await openConversation(fake, 'c-idris');
    const gap = screen.getByTestId('gap');
    await user.click(within(gap).getByRole('button', { name: 'Fetch' }));
    expect(fake.called('sync_now')).toHaveLength(1);
    fake.find('c-idris').known = [[1, Infinity]];
    fake.changed('c-idris');
    await waitFor(() => expect(screen.queryByTestId('gap')).toBeNull());
  });

  test('an empty conversation invites', async () => {
    const fake = scenario('empty');
    const user = await openPage(fake);
    await user.click(screen.getByTestId('new-conversation'));
    await user.type(screen.getByTestId('people-query'), 'noor');
    await user.click(await waitFor(() => screen.getByTestId('person')));
    await waitFor(() => screen.getByText(/You have no messages with Noor yet/));
    expect(fake.called('start_direct')).toEqual([{ user: 'u-noor' }]);
  });

  test('a conversation that cannot be read says why and opens when it can', async () => {
    const fake = scenario('everyday');
    fake.failNext('open_timeline', { code: 'damaged_database', message: 'A page of the database is damaged.' });
    const user = await openConversation(fake, 'c-maren');
    screen.getByText('A page of the database is damaged.');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(texts()).toHaveLength(4));
  });
});

describe('sending', () => {
  test('a press anywhere in the composer leads to the text', async () => {
    const user = await openConversation(scenario('everyday'), 'c-maren');
    const box = composer().parentElement as HTMLElement;
    for (const place of [box, box.parentElement as HTMLElement]) {
      composer().blur();
      await user.click(place);
      expect(document.activeElement).toBe(composer());
    }
  });

  test('Enter sends; the box is empty only when the outbox has the message', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    fake.latency_ms = 50;
    await user.type(composer(), 'first{Shift>}{Enter}{/Shift}second{Enter}');
    expect(composer().value).toBe('first\nsecond');
    await waitFor(() => expect(composer().value).toBe(''));
    expect(fake.called('send_message')).toEqual([{ conversation: 'c-maren', text: 'first\nsecond', reply_to: null }]);
    await waitFor(() => expect(texts().at(-1)).toBe('first\nsecond'));
    expect(last().dataset.state).toBe('queued');
    fake.deliver(fake.outbox[0]?.id ?? '');
    await waitFor(() => expect(last().dataset.state).toBe('sent'));
    expect(texts().filter((text) => text === 'first\nsecond')).toHaveLength(1);
  });

  test('Enter that chooses a word of an input method sends nothing', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'ni');
    await fireEvent.keyDown(composer(), { key: 'Enter', isComposing: true });
    await fireEvent.keyDown(composer(), { key: 'Enter', keyCode: 229 });
    expect(fake.called('send_message')).toEqual([]);
  });

  test('by choice Enter breaks the line and Ctrl+Enter sends', async () => {
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, enter_sends: false };
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'one{Enter}two');
    expect(fake.called('send_message')).toEqual([]);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(fake.called('send_message')).toEqual([{ conversation: 'c-maren', text: 'one\ntwo', reply_to: null }]));
  });

  test('blank text is not a message', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), '   {Enter}');
    expect(fake.called('send_message')).toEqual([]);
    expect((screen.getByTestId('send') as HTMLButtonElement).disabled).toBe(true);
  });

  test('too long: said with the number, and the text stays', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const text = '🔭'.repeat(16_003);
    await fireEvent.input(composer(), { target: { value: text } });
    await user.click(screen.getByTestId('send'));
    const problem = screen.getByTestId('composer-problem');
    expect([problem.dataset.code, problem.textContent?.trim()]).toEqual([
      'message_too_long',
      '3 characters too long: a message has at most 16,000. Shorten it or send it in parts.',
    ]);
    expect([composer().value === text, fake.called('send_message').length]).toEqual([true, 0]);
  });

  test('a full disk is said and the text stays', async () => {
    const fake = scenario('everyday');
    fake.failNext('send_message', { code: 'disk_full', message: 'The disk is full. Free some space and send again.' });
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'plate is drilled{Enter}');
    await waitFor(() => expect(screen.getByTestId('composer-problem').dataset.code).toBe('disk_full'));
    expect(composer().value).toBe('plate is drilled');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(composer().value).toBe(''));
  });

  test('what is typed is a draft, kept when one leaves and there when one is back', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'half a thought');
    await user.click(await row('c-idris'));
    await waitFor(() => expect(fake.called('save_draft')).toEqual([{ conversation: 'c-maren', text: 'half a thought', reply_to: null }]));
    await waitFor(async () => expect((await row('c-maren')).textContent).toContain('Draft:'));
    await user.click(await row('c-maren'));
    await waitFor(() => expect(composer().value).toBe('half a thought'));
  });

  test('a draft is saved while one types, and not brought back by sending', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'saved by itself');
    await waitFor(() => expect(fake.called('save_draft')).toHaveLength(1), { timeout: 2_000 });
    await user.type(composer(), '!{Enter}');
    await waitFor(() => expect(composer().value).toBe(''));
    await new Promise((resume) => setTimeout(resume, 600));
    expect(fake.find('c-maren').draft).toBeNull();
  });
});

test('a draft that the disk had no room for is kept with the next occasion', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  fake.failNext('save_draft', { code: 'disk_full', message: 'The disk is full.' });
  await user.type(composer(), 'kept');
  await waitFor(() => expect(screen.getByTestId('composer-problem').textContent).toContain('The disk is full.'));
  expect(fake.find('c-maren').draft).not.toBe('kept');
  await user.tab();
  await waitFor(() => expect(fake.find('c-maren').draft).toBe('kept'));
});

describe('a message that did not leave', () => {
  test('offline: a clock, the reason under the last of them, the banner, the outbox', async () => {
    const fake = scenario('offline');
    const user = await openConversation(fake, 'c-maren');
    expect(messages().slice(-3).map((message) => message.dataset.state)).toEqual(['queued', 'queued', 'queued']);
    expect(screen.getAllByText('Waiting for the connection')).toHaveLength(1);
    expect(screen.getByTestId('offline-banner').textContent).toContain('3 changes go out');
    expect(screen.getByTestId('ember').dataset.state).toBe('offline');
    await user.click(screen.getByTestId('outbox-count'));
    await waitFor(() => expect(screen.getAllByTestId('outbox-item')).toHaveLength(3));
    await user.click(within(screen.getByTestId('offline-banner')).getByRole('button', { name: 'Try now' }));
    expect(fake.called('sync_now')).toHaveLength(1);
  });

  test('refused: the reason, and Edit puts the text back into the composer', async () => {
    const fake = scenario('failed');
    const user = await openConversation(fake, 'c-maren');
    expect(screen.getByTestId('message-failed').textContent).toContain('longer than the server takes');
    await user.type(composer(), 'before');
    await user.click(screen.getByTestId('message-edit'));
    await waitFor(() => expect(composer().value).toBe('before\nThe whole maintenance book, all of it in one message'));
    expect(screen.queryByTestId('message-failed')).toBeNull();
  });

  test('refused: it can be tried again', async () => {
    const fake = scenario('failed');
    const user = await openConversation(fake, 'c-maren');
    await user.click(screen.getByTestId('message-retry'));
    await waitFor(() => expect(screen.queryByTestId('message-failed')).toBeNull());
    expect(messages().at(-2)?.dataset.state).toBe('queued');
  });

  test('refused: discarding can be undone', async () => {
    const fake = scenario('failed');
    const user = await openConversation(fake, 'c-maren');
    await user.click(screen.getByTestId('message-discard'));
    const toast = await waitFor(() => screen.getByTestId('toast'));
    expect(screen.queryByTestId('message-failed')).toBeNull();
    await user.click(within(toast).getByText('Undo'));
    await waitFor(() => expect(composer().value).toBe('The whole maintenance book, all of it in one message'));
  });

  test('refused: discarded beside the search, it cannot be had back', async () => {
    const fake = scenario('failed');
    const user = await openPage(fake);
    await row('c-maren');
    await user.click(screen.getByTestId('open-search'));
    await user.type(await waitFor(() => screen.getByTestId('search-query')), 'Drill it then');
    await user.click(await waitFor(() => within(screen.getByTestId('search-page')).getByTestId('message-discard')));
    const toast = await waitFor(() => screen.getByTestId('toast'));
    expect(toast.textContent).toContain('Message discarded');
    expect(within(toast).queryByText('Undo')).toBeNull();
  });

  test('from the outbox a text goes back into its own conversation', async () => {
    const fake = scenario('failed');
    const user = await openConversation(fake, 'c-maren');
    await user.click(screen.getByTestId('outbox-count'));
    const item = await waitFor(() => {
      const found = screen.getAllByTestId('outbox-item').find((entry) => entry.textContent?.includes('Which file?'));
      if (!found) throw new Error('not there');
      return found;
    });
    await user.click(within(item).getByRole('button', { name: 'Edit' }));
    // It was tried: the server is asked first whether it arrived.
    await waitFor(() => expect(item.dataset.state).toBe('canceling'));
    // The list is not read anew before one looks.
    fake.latency_ms = 500;
    fake.takenBack(item.dataset.id ?? '', 'returned');
    await user.click(await waitFor(() => screen.getByRole('button', { name: 'Show' })));
    await waitFor(() => expect(screen.getByTestId('timeline').dataset.conversation).toBe('c-noor'));
    await waitFor(() => expect(composer().value).toBe('Which file?'));
    expect(fake.outbox.some((waiting) => waiting.text === 'Which file?')).toBe(false);
  });

  test('a command that is refused is said in a toast', async () => {
    const fake = scenario('failed');
    fake.failNext('retry_outbox', { code: 'internal', message: 'That did not work. Try again.' });
    const user = await openConversation(fake, 'c-maren');
    await user.click(screen.getByTestId('message-retry'));
    const problem = await waitFor(() => screen.getByTestId('problem'));
    expect(problem.textContent).toContain('That did not work. Try again.');
    expect(problem.getAttribute('role')).toBe('alert');
  });
});

test('the message that a notification names is shown in its place', async () => {
  const fake = scenario('everyday');
  await openPage(fake);
  await row('c-maren');
  const wanted = fake.find('c-idris').messages[300];
  fake.emit({ kind: 'open', conversation: 'c-idris', message: wanted?.id ?? '' });
  await waitFor(() => expect(messages().some((message) => message.dataset.id === wanted?.id)).toBe(true));
  await waitFor(() => expect(document.querySelector('.msg.hit')?.getAttribute('data-id')).toBe(wanted?.id));
  fake.emit({ kind: 'open', conversation: 'c-idris', message: 'm-nowhere' });
  await waitFor(() => screen.getByText('This message is not on this computer yet.'));
  await settled();
  expect(messages().some((message) => message.dataset.id === wanted?.id)).toBe(true);
  vi.restoreAllMocks();
});
