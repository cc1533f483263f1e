/** What is sent later: from the composer, in its conversation and in the list of all. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { iconOf, whatOf } from '../src/features/outbox/what';
import { stateOf } from '../src/features/scheduled/words';
import { entry } from '../src/lib/backend/fake/model';
import type { Delivery } from '../src/lib/backend';
import { speak } from '../src/lib/language.svelte';
import { fieldOf } from '../src/lib/later';
import { whenOf } from '../src/lib/time';
import { t } from '../src/lib/words';
import { conversations } from '../src/state/conversations.svelte';
import { view } from '../src/state/view.svelte';
import { openConversation, openPage, scenario, settled, texts } from './page';

const HOUR_MS = 3_600_000;

afterEach(() => {
  vi.restoreAllMocks();
  speak('en');
});

const composer = () => screen.getByTestId('composer') as HTMLTextAreaElement;
const lines = () => screen.queryAllByTestId('scheduled-line');

/** One that waits in Maren's conversation, for an hour. */
function waiting(text = 'happy birthday', conversation = 'c-maren') {
  const fake = scenario('everyday');
  const item = { message: 'm-later', conversation, name: 'Maren Solberg', revision: 0, text, send_at: fake.now() + HOUR_MS, reason: null, only_here: false, change: null };
  fake.schedule.items.push(item);
  return { fake, item };
}

async function openList(fake: ReturnType<typeof scenario>) {
  const user = await openPage(fake);
  await user.click(screen.getByTestId('open-scheduled'));
  await waitFor(() => expect(lines().length).toBe(fake.schedule.items.length));
  return user;
}

test('the button beside Send offers times; what is chosen leaves the box and waits over the composer', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  expect((screen.getByTestId('send-later') as HTMLButtonElement).disabled).toBe(true);
  await user.type(composer(), 'happy birthday');
  const before = Date.now();
  await user.click(screen.getByTestId('send-later'));
  const menu = await waitFor(() => screen.getByTestId('later-menu'));
  await user.click(within(menu).getByTestId('later-hour'));
  await waitFor(() => expect(composer().value).toBe(''));
  const [asked] = fake.called('schedule_message');
  expect(asked).toMatchObject({ conversation: 'c-maren', text: 'happy birthday', reply_to: null });
  expect(asked?.send_at).toBeGreaterThanOrEqual(before + HOUR_MS);
  expect(asked?.send_at).toBeLessThanOrEqual(Date.now() + HOUR_MS);
  expect(fake.called('send_message')).toEqual([]);
  const bar = await waitFor(() => screen.getByTestId('scheduled-bar'));
  expect(bar.textContent).toContain('1 message scheduled');
  expect(texts()).not.toContain('happy birthday');
  await waitFor(() => screen.getByText(/^It will be sent: .*(Today|Tomorrow)/));
});

test.for(['en', 'ar'])('the menu stands above its button, which ends where it does (%s)', async (tag) => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  speak(tag);
  await user.type(composer(), 'happy birthday');
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(200);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(150);
  vi.spyOn(screen.getByTestId('send-later'), 'getBoundingClientRect').mockReturnValue(new DOMRect(500, 600, 32, 32));
  await user.click(screen.getByTestId('send-later'));
  const menu = await waitFor(() => screen.getByTestId('later-menu'));
  expect([menu.style.left, menu.style.top]).toEqual([tag === 'ar' ? '500px' : '332px', '446px']);
  await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('later-menu')).toBeNull());
  expect(document.activeElement).toBe(composer());
});

test('a key opens the menu, and any other date and time can be chosen in the system’s own field', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'on the day');
  await user.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
  await user.click(await waitFor(() => screen.getByTestId('later-other')));
  const field = (await waitFor(() => screen.getByTestId('when-field'))) as HTMLInputElement;
  expect(field.type).toBe('datetime-local');
  await fireEvent.input(field, { target: { value: fieldOf(Date.now() - HOUR_MS) } });
  await user.click(screen.getByTestId('when-go'));
  await waitFor(() => expect(screen.getByTestId('problem').dataset.code).toBe('too_soon'));
  await fireEvent.input(field, { target: { value: '2031-02-01T09:30' } });
  const words = await waitFor(() => screen.getByText(whenOf(new Date(2031, 1, 1, 9, 30).getTime(), Date.now())));
  expect(words.textContent).toContain('Feb');
  expect(field.getAttribute('aria-describedby')?.split(' ')).toContain(words.id);
  const wanted = fieldOf(Date.now() + 30 * HOUR_MS);
  await fireEvent.input(field, { target: { value: wanted } });
  await user.click(screen.getByTestId('when-go'));
  await waitFor(() => expect(fake.called('schedule_message')).toMatchObject([{ text: 'on the day', send_at: new Date(wanted).getTime() }]));
  await waitFor(() => expect(screen.queryByTestId('when-dialog')).toBeNull());
  expect([composer().value, fake.called('send_message')]).toEqual(['', []]);
});

test('another time that is refused says so at its field, where one can choose again', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  fake.failNext('schedule_message', { code: 'too_far', message: 'A year at most.' });
  await user.type(composer(), 'some day');
  await user.click(screen.getByTestId('send-later'));
  await user.click(await waitFor(() => screen.getByTestId('later-other')));
  const field = await waitFor(() => screen.getByTestId('when-field'));
  await user.click(screen.getByTestId('when-go'));
  await waitFor(() => expect(within(screen.getByTestId('when-dialog')).getByTestId('problem').dataset.code).toBe('too_far'));
  expect([field.getAttribute('aria-invalid'), composer().value]).toEqual(['true', 'some day']);
  await user.click(screen.getByTestId('when-go'));
  await waitFor(() => expect(screen.queryByTestId('when-dialog')).toBeNull());
  expect([fake.called('schedule_message').length, composer().value]).toEqual([2, '']);
});

test('what is refused stays in the box', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  fake.failNext('schedule_message', { code: 'too_many_scheduled', message: '100 messages of yours wait.' });
  await user.type(composer(), 'one more');
  await user.click(screen.getByTestId('send-later'));
  await user.click(await waitFor(() => screen.getByTestId('later-tomorrow')));
  await waitFor(() => screen.getByText('100 messages of yours wait.'));
  expect(composer().value).toBe('one more');
});

test('the list of all says where, what and when; a message is changed, sent at once or given up after a word', async () => {
  const { fake, item } = waiting();
  const user = await openList(fake);
  const line = lines()[0] as HTMLElement;
  within(line).getByText('Maren Solberg');
  expect(within(line).getByTestId('scheduled-says').textContent).toBe('happy birthday');
  expect(within(line).getByTestId('scheduled-when').textContent).toMatch(/Today|Tomorrow/);

  await user.click(within(line).getByTestId('scheduled-edit'));
  const text = await waitFor(() => screen.getByTestId('scheduled-text'));
  await user.clear(text);
  await user.type(text, 'happy birthday, Maren');
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(fake.called('change_scheduled')).toEqual([{ conversation: 'c-maren', message: 'm-later', based_on: 0, text: 'happy birthday, Maren', send_at: null }]));
  await waitFor(() => expect(within(lines()[0] as HTMLElement).getByTestId('scheduled-says').textContent).toBe('happy birthday, Maren'));

  await user.click(within(lines()[0] as HTMLElement).getByTestId('scheduled-edit'));
  await waitFor(() => screen.getByTestId('when-field'));
  const wanted = fieldOf(item.send_at + HOUR_MS);
  await fireEvent.input(screen.getByTestId('when-field'), { target: { value: wanted } });
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(fake.called('change_scheduled').at(-1)).toEqual({ conversation: 'c-maren', message: 'm-later', based_on: 1, text: null, send_at: new Date(wanted).getTime() }));

  await user.click(within(lines()[0] as HTMLElement).getByTestId('scheduled-delete'));
  await user.click(await waitFor(() => screen.getByTestId('scheduled-delete-keep')));
  expect(fake.called('cancel_scheduled')).toEqual([]);
  await user.click(screen.getByTestId('scheduled-delete'));
  await user.click(await waitFor(() => screen.getByTestId('scheduled-delete-go')));
  await waitFor(() => screen.getByText('Nothing is scheduled'));
  expect(fake.called('cancel_scheduled')).toEqual([{ conversation: 'c-maren', message: 'm-later' }]);
});

test('from the bar of its conversation it is sent now, and stands in the timeline then', async () => {
  const { fake } = waiting('sooner');
  const user = await openConversation(fake, 'c-maren');
  await user.click(await waitFor(() => screen.getByTestId('scheduled-bar-open')));
  await user.click(await waitFor(() => screen.getByTestId('scheduled-send')));
  await waitFor(() => expect(texts()).toContain('sooner'));
  await waitFor(() => expect(screen.queryByTestId('scheduled-bar')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(composer()));
  expect(fake.called('change_scheduled')).toEqual([{ conversation: 'c-maren', message: 'm-later', based_on: 0, text: null, send_at: null }]);
});

test('what another device has changed meanwhile is told, and replaced only with both texts in sight', async () => {
  const { fake } = waiting('at noon');
  const user = await openList(fake);
  await user.click(screen.getByTestId('scheduled-edit'));
  const text = (await waitFor(() => screen.getByTestId('scheduled-text'))) as HTMLTextAreaElement;
  await user.type(text, ', sharp');
  fake.schedule.reword(fake, 'm-later', 'at one');
  await waitFor(() => expect(screen.getByTestId('scheduled-says').textContent).toBe('at one'));
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(screen.getByTestId('problem').dataset.code).toBe('changed_meanwhile'));
  expect([screen.getByTestId('scheduled-instead').textContent?.endsWith(': at one'), text.value]).toEqual([true, 'at noon, sharp']);
  expect(fake.schedule.find('m-later').text).toBe('at one');
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(screen.queryByTestId('scheduled-edit-dialog')).toBeNull());
  expect(fake.schedule.find('m-later').text).toBe('at noon, sharp');
  expect(fake.called('change_scheduled').map(({ based_on }) => based_on)).toEqual([0, 1]);
});

test.for(['the page', 'its conversation'])('what is sent while it is being changed, from %s, leaves what was typed, to be copied', async (place) => {
  const { fake, item } = waiting('at noon');
  const user = place === 'the page' ? await openList(fake) : await openConversation(fake, 'c-maren');
  if (place !== 'the page') await user.click(await waitFor(() => screen.getByTestId('scheduled-bar-open')));
  await user.click(await waitFor(() => screen.getByTestId('scheduled-edit')));
  const text = (await waitFor(() => screen.getByTestId('scheduled-text'))) as HTMLTextAreaElement;
  await user.type(text, ', or later');
  expect(screen.queryByTestId('scheduled-gone')).toBeNull();
  fake.schedule.look(fake, item.send_at);
  await waitFor(() => screen.getByTestId('scheduled-gone'));
  expect([screen.getByTestId('scheduled-text') === text, text.value, screen.queryByTestId('when-field')]).toEqual([true, 'at noon, or later', null]);
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(screen.queryByTestId('scheduled-edit-dialog')).toBeNull());
  expect(await navigator.clipboard.readText()).toBe('at noon, or later');
  expect(fake.called('change_scheduled')).toEqual([]);
});

test('the keys go on where a line was: at its question, at the next line, and in the page', async () => {
  const { fake, item } = waiting('the first');
  fake.schedule.items.push({ ...item, message: 'm-second', text: 'the second', send_at: item.send_at + HOUR_MS });
  const user = await openList(fake);
  const focused = () => document.activeElement as HTMLElement;
  within(lines()[0] as HTMLElement).getByTestId('scheduled-delete').focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(focused().dataset.testid).toBe('scheduled-delete-keep'));
  const described = (focused().getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent);
  expect(described).toEqual(['Delete it? Its text is gone then.', 'the first']);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(focused().dataset.testid).toBe('scheduled-delete'));
  await user.keyboard('{Enter}');
  screen.getByTestId('scheduled-delete-go').focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(lines().length).toBe(1));
  await waitFor(() => expect(focused()).toBe(within(lines()[0] as HTMLElement).getByTestId('scheduled-send')));
  expect(lines()[0]?.textContent).toContain('the second');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(lines()).toEqual([]));
  await waitFor(() => expect([focused().getAttribute('role'), focused().textContent?.includes('Nothing is scheduled')]).toEqual(['region', true]));
});

test('what could not be sent says why, counts in the rail, and is tried again with another time', async () => {
  const { fake } = waiting();
  const user = await openList(fake);
  fake.schedule.fail(fake, 'm-later', 'not_found');
  await waitFor(() => expect(lines()[0]?.dataset.state).toBe('failed'));
  expect(lines()[0]?.textContent).toContain('you are not in this conversation any more');
  await waitFor(() => expect(screen.getByTestId('scheduled-badge').textContent).toContain('1'));
  expect(screen.getByTestId('open-scheduled').getAttribute('aria-label')).toBe('Scheduled messages, 1 could not be sent');
  await user.click(within(lines()[0] as HTMLElement).getByTestId('scheduled-edit'));
  const field = (await waitFor(() => screen.getByTestId('when-field'))) as HTMLInputElement;
  expect(new Date(field.value).getTime()).toBeGreaterThan(Date.now());
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(lines()[0]?.dataset.state).toBe('waiting'));
  expect(screen.queryByTestId('scheduled-badge')).toBeNull();
  await user.click(within(lines()[0] as HTMLElement).getByTestId('scheduled-open'));
  await waitFor(() => expect([view.place, view.conversation]).toEqual(['conversations', 'c-maren']));
});

test('what a restored backup brought back says that it is to be looked at', async () => {
  const { fake } = waiting();
  await openList(fake);
  fake.schedule.fail(fake, 'm-later', 'restored');
  await waitFor(() => expect(lines()[0]?.textContent).toContain('set back to a backup'));
});

test('offline it waits to reach the server, and says so', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  fake.goOffline();
  await user.type(composer(), 'from the tunnel');
  await user.click(screen.getByTestId('send-later'));
  await user.click(await waitFor(() => screen.getByTestId('later-hour')));
  await user.click(await waitFor(() => screen.getByTestId('scheduled-bar-open')));
  await waitFor(() => expect(screen.getByTestId('scheduled-when').textContent).toContain('waits to reach the server'));
});

test('what the server sends at its time comes into the timeline and leaves the list', async () => {
  const { fake, item } = waiting('at noon');
  await openConversation(fake, 'c-maren');
  await waitFor(() => screen.getByTestId('scheduled-bar'));
  fake.schedule.look(fake, item.send_at - 1);
  await settled();
  expect(texts()).not.toContain('at noon');
  fake.schedule.look(fake, item.send_at);
  await waitFor(() => expect(texts()).toContain('at noon'));
  await waitFor(() => expect(screen.queryByTestId('scheduled-bar')).toBeNull());
});

/** What waits in the outbox to be scheduled, with its line there. */
async function inOutbox(what: 'schedule_message' | 'change_scheduled', state: Delivery = { kind: 'queued' }) {
  const { fake, item } = waiting('at noon');
  Object.assign(item, { only_here: what === 'schedule_message', change: { id: item.message, text: item.text, state } });
  const message = what === 'change_scheduled' ? item.message : null;
  fake.outbox.push(entry({ id: message ? 'm-change' : item.message, what, conversation: 'c-maren', conversation_name: 'Maren Solberg', text: 'at noon', message, since_local: fake.now(), state }));
  const user = await openConversation(fake, 'c-maren');
  await user.click(screen.getByTestId('outbox-count'));
  await waitFor(() => screen.getByTestId('outbox-item'));
  return { fake, user, item };
}

test.for(['schedule_message', 'change_scheduled'] as const)('what of it waits in the outbox (%s) is edited with its time, and is no draft', async (what) => {
  const { fake, user, item } = await inOutbox(what);
  await user.click(await waitFor(() => screen.getByTestId('outbox-edit')));
  const field = (await waitFor(() => screen.getByTestId('when-field'))) as HTMLInputElement;
  expect(field.value).toBe(fieldOf(item.send_at));
  const text = screen.getByTestId('scheduled-text') as HTMLTextAreaElement;
  expect(text.value).toBe('at noon');
  await waitFor(() => expect(document.activeElement).toBe(text));
  await user.type(text, ', sharp');
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(fake.called('change_scheduled')).toMatchObject([{ message: 'm-later', text: 'at noon, sharp', send_at: null }]));
  expect([fake.called('discard_outbox'), composer().value]).toEqual([[], '']);
});

test('what the server would not schedule is given its time again', async () => {
  const { fake, user, item } = await inOutbox('schedule_message', { kind: 'failed', problem: { code: 'not_allowed', message: 'You may not.' } });
  await user.click(await waitFor(() => screen.getByTestId('outbox-edit')));
  await waitFor(() => screen.getByTestId('when-field'));
  await user.click(screen.getByTestId('scheduled-save'));
  const send_at = new Date(fieldOf(item.send_at)).getTime();
  await waitFor(() => expect(fake.called('change_scheduled')).toMatchObject([{ message: 'm-later', text: null, send_at }]));
  expect(fake.called('discard_outbox')).toEqual([]);
});

test('what the server would not schedule counts as what could not be sent, wherever that is said', async () => {
  await inOutbox('schedule_message', { kind: 'failed', problem: { code: 'not_allowed', message: 'You may not.' } });
  await waitFor(() => expect(screen.getByTestId('scheduled-bar').textContent).toContain('1 scheduled message could not be sent'));
  expect(screen.getByTestId('open-scheduled').getAttribute('aria-label')).toBe('Scheduled messages, 1 could not be sent');
});

test('why the server refused it is said in the language of the window', () => {
  const { item } = waiting();
  const refused = { ...item, change: { id: 'm-change', text: null, state: { kind: 'failed', problem: { code: 'not_allowed', message: 'You may not.' } } as const } };
  expect(stateOf(refused, item.send_at)).toBe('You may not.');
  speak('ja');
  expect([stateOf(refused, item.send_at), t('problem-not-allowed').includes('problem')]).toEqual([t('problem-not-allowed'), false]);
});

test('a change that was refused for another one is written anew with both texts in sight', async () => {
  const { fake, user, item } = await inOutbox('change_scheduled', { kind: 'failed', problem: { code: 'edit_conflict', message: 'It is another one.' } });
  fake.schedule.reword(fake, item.message, 'at one');
  await user.click(screen.getByTestId('scheduled-bar-open'));
  await waitFor(() => expect(screen.getByTestId('scheduled-says').textContent).toBe('at one'));
  await user.click(screen.getByTestId('scheduled-edit'));
  const text = (await waitFor(() => screen.getByTestId('scheduled-text'))) as HTMLTextAreaElement;
  expect([text.value, screen.getByTestId('scheduled-instead').textContent?.endsWith(': at one')]).toEqual(['at noon', true]);
  await user.click(screen.getByTestId('scheduled-save'));
  await waitFor(() => expect(fake.called('change_scheduled')).toMatchObject([{ based_on: 1, text: 'at noon', send_at: null }]));
});

test('a change of what has been sent meanwhile comes back as a draft', async () => {
  const { fake, user } = await inOutbox('change_scheduled', { kind: 'failed', problem: { code: 'edit_conflict', message: 'It was sent.' } });
  fake.schedule.items = [];
  fake.changed('c-maren');
  await waitFor(() => expect(screen.queryByTestId('scheduled-bar')).toBeNull());
  await user.click(screen.getByTestId('outbox-edit'));
  await waitFor(() => expect(composer().value).toBe('at noon'));
});

test('nobody is asked once the page is emptied, as for another account', async () => {
  const { fake } = waiting();
  await openConversation(fake, 'c-maren');
  await waitFor(() => screen.getByTestId('scheduled-bar'));
  const asked = () => fake.called('list_scheduled').length;
  // The list of conversations, which it follows, is asked for at most every 120 ms.
  await waitFor(async () => {
    const before = asked();
    await new Promise((resume) => setTimeout(resume, 150));
    expect(asked()).toBe(before);
  });
  const before = asked();
  conversations.clear();
  await settled();
  expect(asked()).toBe(before);
});

test('the outbox says what of it waits', () => {
  const says = (what: string, text: string | null) => whatOf(entry({ what, text, conversation: 'c-maren', conversation_name: 'Maren', since_local: 0 }));
  expect(says('schedule_message', 'at noon')).toBe('Send later: at noon');
  expect(says('change_scheduled', 'at one')).toBe('Scheduled message, as: at one');
  expect(says('change_scheduled', null)).toBe('Another time for a scheduled message');
  expect(says('cancel_scheduled', null)).toBe('Delete a scheduled message');
  expect(iconOf(entry({ what: 'schedule_message', text: 'at noon', conversation: 'c-maren', conversation_name: 'Maren', since_local: 0 }))).toBe('calendar-clock');
});
