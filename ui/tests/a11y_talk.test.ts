/** What is said and how one says it, as axe sees it: the timeline, the composer, threads, what is sent later, emoji. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { happens } from '../src/lib/backend/fake/members';
import { ME, add } from '../src/lib/backend/fake/model';
import { sayUnder } from '../src/lib/backend/fake/threads';
import { edit } from '../src/lib/backend/fake/versions';
import { goTo } from '../src/state/view.svelte';
import { accessible, everyComponentOf, findings, press, silent } from './axe';
import type { User } from './axe';
import { messages, openConversation, openPage, row, scenario } from './page';

const composer = () => screen.getByTestId<HTMLTextAreaElement>('composer');

/** A conversation in which Maren has said this last, and the message. */
async function said(text: string, change: (fake: Fake) => void = () => {}) {
  const fake = scenario('everyday');
  change(fake);
  const user = await openConversation(fake, 'c-maren');
  fake.receive('c-maren', 'u-maren', text);
  const message = fake.find('c-maren').messages.at(-1);
  if (!message) throw new Error('nothing was said');
  return { fake, user, message, shown: await waitFor(() => line(text)) };
}

function line(text: string): HTMLElement {
  const found = messages().find((message) => message.textContent?.includes(text));
  if (!found) throw new Error(`nobody says ${text}`);
  return found;
}

async function menu(user: User, shown: HTMLElement, item?: string): Promise<void> {
  await user.pointer({ target: shown, keys: '[MouseRight]' });
  await waitFor(() => screen.getByTestId('message-menu'));
  if (item) await user.click(within(screen.getByTestId('message-menu')).getByTestId(item));
}

test.each([
  ['everyday', 'c-maren'],
  ['everyday', 'c-family'],
  ['offline', 'c-maren'],
  ['failed', 'c-maren'],
  ['arriving', 'c-idris'],
  ['scripts', 'c-maren'],
])('a conversation: %s, %s', async (name, id) => {
  await openConversation(scenario(name), id);
  expect(await findings()).toEqual([]);
});

test('what hides and what was hidden', async () => {
  const user = await openConversation(scenario('everyday'), 'c-family');
  await user.click(screen.getAllByRole('button', { name: 'Hidden text: show it' })[0] as HTMLElement);
  await accessible('spoiler-open');
});

test('somebody is named, also by what offers names, and everyone is', async () => {
  const fake = scenario('everyday');
  fake.receive('c-first-light', 'u-maren', 'and @yuki brings the lamps, @elin.brandt');
  const user = await openConversation(fake, 'c-first-light');
  expect(await findings()).toEqual([]);
  await user.type(composer(), 'ask @ma');
  await accessible('name-option');
  await user.clear(composer());
  await user.type(composer(), '@everyone ');
  await accessible('everyone-note');
});

test('a message’s menu, its reactions, who reacted, and the picker', async () => {
  const { user, message, shown, fake } = await said('look up tonight');
  message.reactions = new Map([['🔭', ['u-maren', ME.user]]]);
  fake.changed('c-maren');
  await accessible('reaction');
  await menu(user, shown);
  await accessible('message-menu', 'quick-emoji');
  await user.click(within(screen.getByTestId('message-menu')).getByTestId('menu-reactors'));
  await accessible('reactors-of');
});

test('the picker of emoji, with its tones', async () => {
  const { user, shown } = await said('look up tonight');
  shown.focus();
  await user.keyboard('+');
  await waitFor(() => screen.getAllByTestId('emoji'));
  await user.type(screen.getByTestId('emoji-search'), 'telescope');
  await waitFor(() => expect(screen.getAllByTestId('emoji')).toHaveLength(1));
  await press(user, 'emoji-tone');
  await accessible('emoji-picker');
});

test('an answer is written; it quotes, and leads back', async () => {
  const { user, shown } = await said('shall we?');
  shown.focus();
  await user.keyboard('r');
  await accessible('reply-bar');
  await user.type(composer(), 'we shall{Enter}');
  await waitFor(() => line('we shall'));
  await accessible('quote');
});

test('one’s own is edited, deleted, and its readers are looked at', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  line('Same as on your drawing.').focus();
  await user.keyboard('e');
  await accessible('edit-text');
  await user.keyboard('{Escape}');
  await press(user, 'message-ticks');
  await accessible('readers');
});

test('what a message said before', async () => {
  const fake = scenario('everyday');
  edit(add(fake.find('c-maren'), 'u-maren', 'see you at noon', 1_000), 'see you at one', 2_000);
  const user = await openConversation(fake, 'c-maren');
  await press(user, 'message-edited');
  await accessible('version-text');
});

test('why one was told, and passing on', async () => {
  const { user, shown } = await said('the lamp is out');
  await menu(user, shown, 'menu-why');
  await accessible('why-step');
});

test('a message is passed on', async () => {
  const { user, shown } = await said('the lamp is out');
  shown.focus();
  await user.keyboard('f');
  await accessible('forward', 'forward-place');
});

test('an edit that was refused', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  const id = line('Same as on your drawing.').dataset.id ?? '';
  await fake.call('edit_message', { conversation: 'c-maren', message: id, text: 'Not as on your drawing.', instead_of: null });
  const refused = fake.outbox.find(({ message }) => message === id);
  if (!refused) throw new Error('nothing waits');
  refused.state = { kind: 'failed', problem: { code: 'edit_conflict', message: 'The message was changed elsewhere.' } };
  fake.changed('c-maren');
  await accessible('change-failed');
  expect(user).toBeDefined();
});

test('what happened to a conversation', async () => {
  const fake = scenario('everyday');
  happens(fake, 'c-first-light', 'u-maren', { event: 'left', heir: null });
  await openConversation(fake, 'c-first-light');
  await accessible('happened');
});

test('a place far up, and the way back from it', async () => {
  const fake = scenario('many');
  const long = fake.conversations.reduce((most, one) => (one.messages.length > most.messages.length ? one : most));
  await openConversation(fake, long.id);
  goTo.conversation(long.id, long.messages[3]?.id ?? '');
  await accessible('jump-to-latest');
});

test('the choice of a day', async () => {
  const user = await openConversation(scenario('everyday'), 'c-maren');
  await user.keyboard('{Control>}j{/Control}');
  await accessible('date-dialog');
});

test('what takes its time', async () => {
  const fake = scenario('everyday');
  await openPage(fake);
  await row('c-maren');
  const speak = silent(fake);
  goTo.conversation('c-maren');
  await waitFor(() => screen.getAllByLabelText('Loading'));
  expect(await findings()).toEqual([]);
  speak();
  await waitFor(() => expect(messages().length).toBeGreaterThan(0));
});

test('a thread, begun and followed, and all that one follows', async () => {
  const { fake, user, message } = await said('the trip');
  sayUnder(fake, 'c-maren', message.id, 'u-maren', 'by train?');
  sayUnder(fake, 'c-maren', message.id, ME.user, 'by boat');
  await accessible('thread-line', 'thread-unread');
  await press(user, 'thread-line');
  await accessible('thread', 'thread-write', 'thread-messages');
  goTo.list();
  goTo.threads();
  await accessible('followed-line');
});

test('threads, where there are none', async () => {
  await openPage(scenario('empty'));
  goTo.threads();
  await accessible('threads-page');
});

test('sending later: the menu, the time, what waits, and another time for it', async () => {
  const fake = scenario('everyday');
  const item = { message: 'm-later', conversation: 'c-maren', name: 'Maren Solberg', revision: 0, text: 'happy birthday', send_at: fake.now() + 3_600_000, reason: null, only_here: false, change: null };
  fake.schedule.items.push(item, { ...item, message: 'm-failed', reason: 'blocked' });
  const user = await openConversation(fake, 'c-maren');
  await accessible('scheduled-bar');
  await user.type(composer(), 'on the day');
  await press(user, 'send-later');
  await accessible('later-menu');
  await press(user, 'later-other');
  await accessible('when-field');
  goTo.scheduled();
  await accessible('scheduled-line');
  await press(user, 'scheduled-delete');
  await accessible('scheduled-delete-go');
  await press(user, 'scheduled-delete-keep', 'scheduled-edit');
  await accessible('scheduled-edit-dialog');
  fake.schedule.look(fake, item.send_at);
  await accessible('scheduled-gone');
});

test('what was sent and can be had back', async () => {
  const fake = scenario('everyday');
  fake.settings.undo_send_s = 30;
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'too fast{Enter}');
  await accessible('undo-send');
});

test('a text that is too long, and somebody who writes', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  await user.click(composer());
  await user.paste('x'.repeat(40_000));
  await accessible('composer-problem');
  fake.emit({ kind: 'typing', conversation: 'c-maren', user: 'u-maren', name: 'Maren Solberg', ttl_ms: 60_000 });
  expect(await findings()).toEqual([]);
});

everyComponentOf('features/timeline', 'features/composer', 'features/threads', 'features/scheduled', 'features/emoji');
