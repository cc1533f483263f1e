/** Answering a message: chosen by menu, button and keys, remembered by the draft, quoted above the answer, and the way there and back. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { onTakenBack, rewrite } from '../src/state/outbox';
import { replies } from '../src/state/replies';
import { goTo, view } from '../src/state/view.svelte';
import { findings } from './axe';
import { messages, openConversation, openPage, scenario, settled } from './page';

const composer = () => screen.getByTestId<HTMLTextAreaElement>('composer');
const bar = () => screen.queryByTestId('reply-bar')?.textContent?.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim() ?? null;
const clean = (element: HTMLElement) => element.textContent?.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
const message = (text: string) => {
  const found = messages().find((shown) => within(shown).queryByTestId('message-text')?.textContent?.includes(text));
  if (!found) throw new Error(`there is no message "${text}"`);
  return found;
};

describe('answering', () => {
  test('by the menu: the bar says what, sending takes it along and away', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.pointer({ target: message('Drill it then'), keys: '[MouseRight]' });
    await user.click(within(screen.getByTestId('message-menu')).getByTestId('menu-reply'));
    await waitFor(() => expect(bar()).toBe('Reply to Maren Solberg Drill it then. Train leaves 15:40, I am on the mountain by half past six.'));
    await waitFor(() => expect(document.activeElement).toBe(composer()));
    expect(await findings()).toEqual([]);
    const original = fake.find('c-maren').messages.at(-1)?.id;
    await user.type(composer(), 'on it{Enter}');
    expect(fake.called('send_message')).toEqual([{ conversation: 'c-maren', text: 'on it', reply_to: original }]);
    await waitFor(() => expect(bar()).toBeNull());
    await waitFor(() => expect(clean(within(message('on it')).getByTestId('quote'))).toContain('Drill it then'));
    await user.type(composer(), 'and that{Enter}');
    expect(fake.called('send_message').at(-1)?.reply_to).toBeNull();
  });

  test('by R, by the button, and by Ctrl and arrows; Esc gives it up before anything else', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    message('The belt fits').focus();
    await user.keyboard('r');
    await waitFor(() => expect(bar()).toContain('The belt fits'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(bar()).toBeNull());
    expect(fake.called('mark_read')).toEqual([]);
    await user.click(within(message('Same as on')).getByTestId('message-reply'));
    await waitFor(() => expect(bar()).toBe('Reply to You Same as on your drawing.'));
    await user.click(screen.getByTestId('reply-cancel'));
    await waitFor(() => expect(bar()).toBeNull());
    composer().focus();
    await user.keyboard('{Control>}{ArrowUp}{/Control}');
    await waitFor(() => expect(bar()).toContain('Drill it then'));
    await user.keyboard('{Control>}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{ArrowUp}{/Control}');
    await waitFor(() => expect(bar()).toContain('The belt fits'));
    await user.keyboard('{Control>}{ArrowDown}{ArrowDown}{ArrowDown}{/Control}');
    await waitFor(() => expect(bar()).toContain('Drill it then'));
    await user.keyboard('{Control>}{ArrowDown}{/Control}');
    await waitFor(() => expect(bar()).toBeNull());
    // Wherever the focus is.
    message('The belt fits').focus();
    await user.keyboard('r');
    await waitFor(() => expect(bar()).not.toBeNull());
    message('Same as on').focus();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(bar()).toBeNull());
    expect(fake.called('mark_read')).toEqual([]);
  });

  test('is of the draft: kept at once, there again after another conversation and after a restart', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const original = fake.find('c-maren').messages[0]?.id;
    message('The belt fits').focus();
    await user.keyboard('r');
    await waitFor(() => expect(fake.called('save_draft').at(-1)).toEqual({ conversation: 'c-maren', text: '', reply_to: original }), { timeout: 2_000 });
    goTo.conversation('c-noor');
    await waitFor(() => expect(bar()).toBeNull());
    goTo.conversation('c-maren');
    await waitFor(() => expect(bar()).toContain('The belt fits'));
    replies.clear();
    await openPage(fake);
    goTo.conversation('c-maren');
    await waitFor(() => expect(screen.getAllByTestId('reply-bar').at(-1)?.textContent).toContain('The belt fits'));
  });

  test('what comes back out of the outbox answers it again', async () => {
    const fake = scenario('everyday');
    fake.goOffline();
    const user = await openConversation(fake, 'c-maren');
    message('Drill it then').focus();
    await user.keyboard('r');
    await waitFor(() => expect(bar()).not.toBeNull());
    await user.type(composer(), 'on my way{Enter}');
    await waitFor(() => expect(bar()).toBeNull());
    const [item] = fake.outbox;
    if (!item) throw new Error('nothing waits');
    await rewrite(structuredClone(item));
    await waitFor(() => expect(composer().value).toBe('on my way'));
    await waitFor(() => expect(bar()).toContain('Drill it then'));
    // The same for what the server had to be asked about.
    replies.set('c-maren', null);
    onTakenBack({ kind: 'taken_back', conversation: 'c-maren', fate: 'returned', text: 'and more', quote: item.quote });
    await waitFor(() => expect(bar()).toContain('Drill it then'));
    await waitFor(() => expect(composer().value).toContain('and more'));
  });

  test('is not offered for what is gone, was refused, or where nothing can be written', async () => {
    const fake = scenario('everyday');
    const refused = fake.enqueue('c-maren', 'too much', { kind: 'failed', problem: { code: 'message_too_long', message: 'Too long.' } });
    const user = await openConversation(fake, 'c-maren');
    const shown = messages().find((one) => one.dataset.id === refused.id);
    expect(within(shown as HTMLElement).queryByTestId('message-reply')).toBeNull();
    shown?.focus();
    await user.keyboard('r');
    await settled();
    expect(bar()).toBeNull();
    fake.friends = { ...fake.friends, blocked: [{ user: 'u-maren', username: 'maren', name: 'Maren Solberg' }] };
    fake.emit({ kind: 'friends' });
    await waitFor(() => expect(screen.queryByTestId('composer')).toBeNull());
    expect(screen.queryAllByTestId('message-reply')).toEqual([]);
  });
});

describe('a quote', () => {
  test('says whose words and the first of them, and follows what becomes of them', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-first-light');
    const quotes = () => screen.getAllByTestId('quote').map(clean);
    expect(quotes()).toEqual([
      'In reply to Tomasz Wilk Mirror is back in the cell. Collimation took two passes, the second one barely moved anything.',
      'In reply to You That is a relief. I’ll book the first-light slot for the 28th then, Saturday from dusk.',
    ]);
    expect(message('slot is booked').classList.contains('names')).toBe(true);
    const [mirror] = fake.find('c-first-light').messages;
    if (mirror) mirror.content = { kind: 'deleted' };
    fake.changed('c-first-light');
    await waitFor(() => expect(quotes()[0]).toBe('In reply to Tomasz Wilk Message deleted'));
    fake.find('c-first-light').known = [[3, Infinity]];
    fake.changed('c-first-light');
    await waitFor(() => expect(quotes()[0]).toBe('In reply to Message not loaded'));
  });

  test('does not give away what somebody blocked wrote', async () => {
    const fake = scenario('everyday');
    fake.friends = { ...fake.friends, blocked: [{ user: 'u-tomasz', username: 'tomasz', name: 'Tomasz Wilk' }] };
    await openConversation(fake, 'c-first-light');
    expect(clean(screen.getAllByTestId('quote')[0] as HTMLElement)).toBe('In reply to Tomasz Wilk Message from someone you blocked');
  });

  test('leads to the message by mouse and by Enter, and the button leads back first', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-first-light');
    const reply = message('slot is booked');
    await user.click(within(reply).getByTestId('quote'));
    await waitFor(() => expect(message('That is a relief').classList.contains('hit')).toBe(true));
    expect(screen.getByTestId('jump-to-latest').textContent).toContain('Back to where you were');
    // From there on to what that one answers, and all the way back.
    message('That is a relief').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(message('Mirror is back').classList.contains('hit')).toBe(true));
    await user.click(screen.getByTestId('jump-to-latest'));
    await waitFor(() => expect(message('That is a relief').classList.contains('hit')).toBe(true));
    await user.click(screen.getByTestId('jump-to-latest'));
    await waitFor(() => expect(message('slot is booked').classList.contains('hit')).toBe(true));
    expect(screen.queryByText('Back to where you were')).toBeNull();
  });

  test('of what can never be shown leads nowhere', async () => {
    const fake = scenario('everyday');
    Object.assign(fake.find('c-maren').messages.at(-1) ?? {}, { reply_to: 'm-from-before' });
    await openConversation(fake, 'c-maren');
    const quote = screen.getByTestId('quote');
    expect([quote.tagName, clean(quote)]).toEqual(['DIV', 'In reply to A message that you cannot see']);
  });

  test('of what is still to come says so, and leads there once it is here', async () => {
    const fake = scenario('everyday');
    const found = fake.find('c-maren');
    Object.assign(found.messages.at(-1) ?? {}, { reply_to: found.messages[0]?.id });
    found.known = [[2, Infinity]];
    const user = await openConversation(fake, 'c-maren');
    expect(clean(screen.getByTestId('quote'))).toBe('In reply to Message not loaded');
    await user.click(screen.getByTestId('quote'));
    await waitFor(() => screen.getByText('This message is not on this computer yet.'));
    expect(screen.queryByText('Back to where you were')).toBeNull();
    found.known = [[1, Infinity]];
    fake.changed('c-maren');
    await waitFor(() => expect(clean(screen.getByTestId('quote'))).toContain('The belt fits'));
    await user.click(screen.getByTestId('quote'));
    await waitFor(() => expect(message('The belt fits').classList.contains('hit')).toBe(true));
  });
});

test('being answered stands in the inbox and leads to the answer', async () => {
  const fake = scenario('groups');
  const answer = fake.find('c-plans').messages[0]?.id ?? '';
  const person = { user: 'u-maren', username: 'maren', name: 'Maren Solberg' };
  fake.told = [{ id: 'n-1', at: Date.now(), read: false, what: { kind: 'reply', conversation: 'c-plans', name: 'plans', message: answer, person, text: 'The road opens on Friday' } }];
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-inbox')));
  const line = within((await waitFor(() => screen.getAllByTestId('inbox-line')))[0] as HTMLElement);
  line.getByText('The road opens on Friday');
  await waitFor(() => expect(clean(line.getByText(/Replies to you in/))).toBe('Replies to you in # plans'));
  await user.click(line.getByTestId('inbox-open'));
  expect([view.conversation, view.jump?.message]).toEqual(['c-plans', answer]);
});
