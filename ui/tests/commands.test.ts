/** What the message box completes and does besides names: emoji behind a colon, commands behind a slash. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { sentOf, typedCommand } from '../src/features/commands/typed';
import type { Fake } from '../src/lib/backend/fake/fake';
import { ME } from '../src/lib/backend/fake/model';
import type { GroupMemberView, MemberRole } from '../src/lib/backend';
import { speak } from '../src/lib/language.svelte';
import { placeWanted } from '../src/state/changes';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openConversation, row, scenario, settled } from './page';

const TALK = 'c-first-light';
const composer = () => screen.getByTestId<HTMLTextAreaElement>('composer');
const options = () => screen.queryAllByTestId('name-option').map((option) => option.textContent?.replace(/\s+/g, ' ').trim() ?? '');
const words = () => options().map((option) => /^\/\w+/.exec(option)?.[0]);
const problem = () => screen.queryByTestId('composer-problem')?.textContent?.replace(/[\u2066-\u2069]/g, '').trim();
const sent = (fake: Fake) => fake.called('send_message').map(({ text }) => text);

afterEach(() => speak('en'));

function world(role: MemberRole = 'owner'): Fake {
  const fake = scenario('everyday');
  const there = fake.people.slice(0, 2).map((person): GroupMemberView => ({ person, role: role === 'owner' ? 'member' : 'owner', waiting: false, joined_at: null }));
  fake.find(TALK).read_pos = fake.find(TALK).messages.length;
  fake.members.set(TALK, [{ person: ME, role, waiting: false, joined_at: null }, ...there]);
  return fake;
}

describe('an emoji', () => {
  test('is a colon, letters of its name, and Enter', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'look, :telesc');
    await waitFor(() => expect(options()).toEqual(['🔭 telescope']));
    expect(screen.getByTestId('names').getAttribute('aria-label')).toBe('Emoji');
    expect(await findings()).toEqual([]);
    await user.keyboard('{Enter}');
    expect(composer().value).toBe('look, 🔭 ');
    await waitFor(() => expect(fake.settings.emoji).toEqual(['🔭']));
    expect(sent(fake)).toEqual([]);
    await user.keyboard('{Enter}');
    expect(sent(fake)).toEqual(['look, 🔭']);
  });

  test('is found as in the picker: by several words, in the tone that was chosen, at most six', async () => {
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, skin_tone: 3 };
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), ':thumbs_up');
    await waitFor(() => expect(options()[0]).toBe('👍🏽 thumbs up'));
    await user.clear(composer());
    await user.type(composer(), ':sm');
    await waitFor(() => expect(options()).toHaveLength(6));
  });

  test('has its name in the language of the window', async () => {
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, language: 'ja' };
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), '：望遠鏡');
    await waitFor(() => expect(options()[0]).toContain('🔭'));
  });

  test('is turned down by Esc, and one letter is a face', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), 'ok :D{Enter}');
    await user.type(composer(), 'see :telescope');
    await waitFor(() => expect(options()).not.toEqual([]));
    await user.keyboard('{Escape}{Enter}');
    await waitFor(() => expect(sent(fake)).toEqual(['ok :D', 'see :telescope']));
  });

  test('is completed while a message is edited too, where a slash begins no command', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.keyboard('mine{Enter}');
    await settled();
    await user.keyboard('{ArrowUp}');
    const box = await waitFor(() => screen.getByTestId<HTMLTextAreaElement>('edit-text'));
    await user.clear(box);
    await user.type(box, '/');
    await settled();
    expect(options()).toEqual([]);
    await user.clear(box);
    await user.type(box, ':telesc');
    await waitFor(() => expect(options()).toEqual(['🔭 telescope']));
  });
});

describe('what is a command', () => {
  test('begins with a slash and one word; a path is none', () => {
    expect(typedCommand('/topic  The old one ')).toEqual({ word: 'topic', rest: 'The old one' });
    expect(typedCommand('/LEAVE')).toEqual({ word: 'leave', rest: '' });
    for (const text of ['', '/', '/ x', ' /leave', '//leave', '/etc/hosts is full', '/usr/bin', 'a /leave']) expect(typedCommand(text), text).toBeNull();
  });

  test('is sent as it is behind a space, and with one slash less behind two', () => {
    for (const [text, becomes] of [[' /leave ', '/leave'], ['//leave', '/leave'], ['// a remark', '// a remark'], ['//example.org/x', '//example.org/x'], ['/etc/hosts', '/etc/hosts']] as const) {
      expect(sentOf(text), text).toBe(becomes);
    }
  });
});

describe('a command', () => {
  test('is offered behind a slash: what one may do there, with what it takes', async () => {
    const fake = world();
    const user = await openConversation(fake, TALK);
    await user.type(composer(), '/');
    await waitFor(() => expect(words()).toEqual(['/search', '/date', '/details', '/unread', '/mute', '/pin', '/archive', '/name', '/topic', '/invite', '/leave']));
    expect(screen.getByTestId('names').getAttribute('aria-label')).toBe('Commands');
    expect(options()[8]).toBe('/topic Say what it is about text');
    expect(await findings()).toEqual([]);
    // Nobody is told that something is being written.
    expect(fake.called('typing')).toEqual([]);
  });

  test.each([
    ['one of two people', 'c-maren', world(), ['/search', '/date', '/details', '/unread', '/mute', '/pin', '/archive']],
    ['a member', TALK, world('member'), ['/search', '/date', '/details', '/unread', '/mute', '/pin', '/archive', '/leave']],
  ] as const)('is for %s what it is', async (_, id, fake, expected) => {
    const user = await openConversation(fake, id);
    await user.type(composer(), '/');
    await waitFor(() => expect(words()).toEqual(expected));
  });

  test('is found by what it means, in the language of the window', async () => {
    const fake = world();
    fake.settings = { ...fake.settings, language: 'ar' };
    const user = await openConversation(fake, TALK);
    await user.type(composer(), '/مغادرة');
    await waitFor(() => expect(words()).toEqual(['/leave']));
  });

  test('with a text is completed, and done by Enter', async () => {
    const fake = world();
    const user = await openConversation(fake, TALK);
    await user.type(composer(), '/to');
    await waitFor(() => expect(words()).toEqual(['/topic']));
    await user.keyboard('{Enter}');
    expect(composer().value).toBe('/topic ');
    await user.keyboard('Who brings the tea{Shift>}{Enter}{/Shift}and when{Enter}');
    await waitFor(() => expect(composer().value).toBe(''));
    expect(fake.called('edit_conversation')).toEqual([{ conversation: TALK, name: null, topic: 'Who brings the tea and when' }]);
    await user.keyboard('/name Second light{Enter}');
    await waitFor(() => expect(fake.called('edit_conversation').at(-1)).toEqual({ conversation: TALK, name: 'Second light', topic: null }));
    expect(sent(fake)).toEqual([]);
    expect(fake.called('typing')).toEqual([]);
  });

  test('takes people in, by the names of those who are not there', async () => {
    const fake = world();
    const [first, , third, fourth] = fake.people;
    if (!first || !third || !fourth) throw new Error('nobody');
    fake.friends = { ...fake.friends, contacts: [first, third] };
    const user = await openConversation(fake, TALK);
    await user.type(composer(), '/invite @');
    await waitFor(() => expect(options()).toEqual([expect.stringContaining(`@${third.username}`)]));
    await user.keyboard('{Enter}');
    expect(composer().value).toBe(`/invite @${third.username} `);
    await user.keyboard(`@${fourth.username}{Escape}{Enter}`);
    await waitFor(() => expect(fake.called('add_members')).toEqual([{ conversation: TALK, people: [third.user, fourth.user] }]));
    await waitFor(() => expect(composer().value).toBe(''));
    await user.keyboard(`/invite @${first.username} `);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(problem()).toBe(`There is nobody called @${first.username} who can be taken in here.`));
    expect(fake.called('add_members')).toHaveLength(1);
  });

  test('that leaves asks first', async () => {
    const fake = world();
    const user = await openConversation(fake, TALK);
    await user.type(composer(), '/leave');
    await waitFor(() => expect(words()).toEqual(['/leave']));
    await user.keyboard('{Enter}');
    await user.click(within(await waitFor(() => screen.getByTestId('about-question'))).getByTestId('about-go'));
    await waitFor(() => expect(fake.called('remove_member')).toEqual([{ conversation: TALK, member: ME.user }]));
    await waitFor(() => expect([view.dialog, view.conversation]).toEqual([null, null]));
  });

  test('mutes, and the next slash offers the way back', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.type(composer(), '/mute');
    await waitFor(() => expect(words()).toEqual(['/mute']));
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByText('Muted until you unmute it.'));
    expect(composer().value).toBe('');
    await user.type(composer(), '/unmute');
    await waitFor(() => expect(words()).toEqual(['/unmute']));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(fake.find('c-maren').arranged.muted_until).toBeNull());
    screen.getByText('It is not muted any more.');
  });

  test('marks as unread, leads to where that begins and marks as read, as far as there is something to it', async () => {
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, read_by_looking: false };
    const user = await openConversation(fake, 'c-maren');
    const all = fake.find('c-maren').read_pos;
    await user.keyboard('/unread{Enter}');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(all - 1));
    await waitFor(() => expect(composer().value).toBe(''));
    await row('c-maren').then((line) => waitFor(() => expect(line.dataset.unread).toBe('1')));
    const places: unknown[] = [];
    const silent = placeWanted.listen((place) => places.push(place));
    await user.type(composer(), '/');
    await waitFor(() => expect(words()).toEqual(['/search', '/date', '/details', '/first', '/read', '/mute', '/pin', '/archive']));
    await user.type(composer(), 'first{Enter}');
    await waitFor(() => expect(places).toEqual(['unread']));
    silent();
    await waitFor(() => expect(composer().value).toBe(''));
    await user.keyboard('/read{Enter}');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(all));
    expect(sent(fake)).toEqual([]);
  });

  test('searches the conversation for what stands behind it, and leaves no draft', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.keyboard('/search belt{Enter}');
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('search-query').value).toBe('in:@maren belt'));
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(0));
    await user.keyboard('{Escape}');
    expect((await waitFor(composer)).value).toBe('');
  });

  test('that is none says so and is not sent, unless behind a space or another slash', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.keyboard('/shrug{Enter}');
    await waitFor(() => expect(problem()).toBe('There is no /shrug here. To send it as a message, type a space or another slash before it.'));
    expect([composer().value, sent(fake)]).toEqual(['/shrug', []]);
    await user.clear(composer());
    expect(problem()).toBeUndefined();
    await user.keyboard('//shrug{Enter}');
    await waitFor(() => expect(sent(fake)).toEqual(['/shrug']));
    await user.keyboard(' /leave{Enter}');
    await waitFor(() => expect(sent(fake)).toEqual(['/shrug', '/leave']));
    await user.keyboard('/etc/hosts is full{Enter}');
    await waitFor(() => expect(sent(fake).at(-1)).toBe('/etc/hosts is full'));
  });

  test('says what is missing, what is too much, and that it is not sent later', async () => {
    const fake = world();
    const user = await openConversation(fake, TALK);
    await user.keyboard('/topic {Enter}');
    await waitFor(() => expect(problem()).toBe('Type behind /topic what it takes: text.'));
    await user.clear(composer());
    await user.keyboard('/mute it{Enter}');
    await waitFor(() => expect(problem()).toMatch(/^Nothing goes behind \/mute\./));
    await user.clear(composer());
    await user.keyboard(`/name ${'x'.repeat(129)}{Enter}`);
    await waitFor(() => expect(screen.getByTestId('composer-problem').dataset.code).toBe('invalid_name'));
    expect(composer().value).toHaveLength(135);
    fake.failNext('edit_conversation', { code: 'disk_full', message: 'The disk is full.' });
    await user.clear(composer());
    await user.keyboard('/name Third{Enter}');
    await waitFor(() => expect(problem()).toBe('The disk is full.'));
    expect([composer().value, fake.find(TALK).name]).toEqual(['/name Third', 'first-light']);
  });
});

describe('the switcher', () => {
  test('offers what can be done in the open conversation, but for what takes a text', async () => {
    const fake = world();
    const user = await openConversation(fake, TALK);
    await user.keyboard('{Control>}k{/Control}');
    const found = within(await waitFor(() => screen.getByTestId('switcher')));
    await waitFor(() => found.getByText('Leave this conversation'));
    expect(found.getByText(/^In /).textContent?.replace(/[\u2066-\u2069]/g, '')).toBe('In first-light');
    expect(found.queryByText('Say what it is about')).toBeNull();
    await user.type(screen.getByTestId('switcher-query'), 'search in');
    await waitFor(() => expect(found.getAllByRole('option')[0]?.textContent).toContain('Search in this conversation'));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('search-query').value).toBe('in:first-light '));
  });

  test('archives it, with a way back', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('switcher-query')), 'archive');
    await user.keyboard('{Enter}');
    await user.click(await waitFor(() => screen.getByRole('button', { name: 'Undo' })));
    await row('c-maren');
  });
});
