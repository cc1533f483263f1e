/** Naming people: offered in the composer, seen in the timeline, the list and the inbox. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { MADE_AT } from '../src/lib/backend/fake/model';
import { namesMe, spoken } from '../src/lib/formatted';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { messages, openConversation, openPage, row, scenario, settled } from './page';

const composer = () => screen.getByTestId<HTMLTextAreaElement>('composer');
const options = () => screen.queryAllByTestId('name-option').map((option) => option.textContent?.replace(/\s+/g, ' ').trim());
const chosen = () => document.getElementById(composer().getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';

describe('naming somebody', () => {
  test('is an at sign, letters, arrows and Enter', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-first-light');
    await user.type(composer(), 'ask @');
    await waitFor(() => expect(options().length).toBeGreaterThan(2));
    await user.type(composer(), 'ma');
    await waitFor(() => expect(options()).toEqual([expect.stringContaining('@maren'), expect.stringContaining('@longname')]));
    expect(chosen()).toContain('Maren Solberg');
    expect(await findings()).toEqual([]);
    await user.keyboard('{ArrowDown}');
    expect(chosen()).toContain('Maximiliana');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(composer().value).toBe('ask @maren ');
    expect(options()).toEqual([]);
    await user.keyboard('about it{Enter}');
    expect(fake.called('send_message')).toEqual([{ conversation: 'c-first-light', text: 'ask @maren about it', reply_to: null }]);
  });

  test('is a press with the mouse too, and the text after it stays', async () => {
    const user = await openConversation(scenario('everyday'), 'c-first-light');
    await user.type(composer(), ' and you?');
    composer().setSelectionRange(0, 0);
    await user.type(composer(), '@yu', { initialSelectionStart: 0, initialSelectionEnd: 0 });
    await user.click(await waitFor(() => screen.getByRole('option', { name: /Yuki/ })));
    expect(composer().value).toBe('@yuki and you?');
    expect(document.activeElement).toBe(composer());
  });

  test('is turned down by Esc, and Enter sends what is no name', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-first-light');
    await user.type(composer(), '@m');
    await waitFor(() => expect(options()).not.toEqual([]));
    await user.keyboard('{Escape}a');
    await settled();
    expect(options()).toEqual([]);
    expect(view.conversation).toBe('c-first-light');
    await user.keyboard(' @nobodyatall{Enter}');
    expect(fake.called('send_message').at(-1)).toEqual({ conversation: 'c-first-light', text: '@ma @nobodyatall', reply_to: null });
  });
});

describe('a name', () => {
  test('is shown as people are called, leads to who that is, and marks what is for me', async () => {
    const fake = scenario('everyday');
    fake.receive('c-first-light', 'u-maren', 'and @yuki brings the lamps');
    const user = await openConversation(fake, 'c-first-light');
    const names = screen.getAllByTestId('mention');
    expect(names.map((name) => name.textContent)).toEqual(['@Elin Brandt', '@Yuki Tanabe']);
    expect(names.map((name) => name.classList.contains('me'))).toEqual([true, false]);
    const marked = messages().filter((message) => message.classList.contains('names'));
    expect(marked.map((message) => within(message).getByTestId('mention'))).toEqual([names[0]]);
    names[1]?.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('person-card'));
    expect(view.person?.username).toBe('yuki');
  });

  test('is read aloud, wherever it stands', () => {
    const mention = { kind: 'mention', user: 'u', username: 'me', name: 'Me', me: true } as const;
    const deep = [{ kind: 'quote', blocks: [{ kind: 'list', start: null, items: [[{ kind: 'paragraph', inlines: [{ kind: 'bold', inlines: [mention] }] }]] }] }] as const;
    const content = { kind: 'text', text: '', blocks: structuredClone(deep) } as unknown as Parameters<typeof spoken>[0];
    expect([spoken(content), namesMe(content)]).toEqual(['@Me', true]);
    expect(namesMe({ kind: 'text', text: '@me' })).toBe(false);
  });

  test('is counted in the list', async () => {
    await openPage(scenario('everyday'));
    const line = await row('c-first-light');
    expect(within(line).getByTestId('row-mentions').textContent).toContain('1 message mentions you');
    expect(within(await row('c-family')).queryByTestId('row-mentions')).toBeNull();
  });

  test('stands in the inbox with who and what, and leads to the message', async () => {
    const fake = scenario('groups');
    const message = fake.find('c-plans').messages[0]?.id ?? '';
    const person = { user: 'u-maren', username: 'maren', name: 'Maren Solberg' };
    fake.told = [{ id: 'n-1', at: Date.now(), read: false, what: { kind: 'mention', conversation: 'c-plans', name: 'plans', message, person, text: 'The road opens on Friday' } }];
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('open-inbox')));
    const line = within((await waitFor(() => screen.getAllByTestId('inbox-line')))[0] as HTMLElement);
    line.getByText('Maren Solberg');
    line.getByText('The road opens on Friday');
    await waitFor(() => expect(line.getByText(/Mentions you in/).textContent?.replace(/[\u2066-\u2069]/g, '')).toBe('Mentions you in # plans'));
    await user.click(line.getByTestId('inbox-open'));
    expect([view.conversation, view.jump?.message]).toEqual(['c-plans', message]);
  });
});

describe('everyone', () => {
  const note = () => document.querySelector('[data-testid="everyone-note"]')?.textContent?.replace(/[\u2066-\u2069]/g, '').trim();
  const crowd = (count: number) => Array.from({ length: count }, (_, n) => ({ user: `u-${n}`, username: `crowd${n}`, name: `Crowd ${n}` }));
  const joined = (role: 'owner' | 'member', others: number) => [
    { person: { user: 'u-elin', username: 'elin.brandt', name: 'Elin Brandt' }, role, joined_at: MADE_AT, waiting: false },
    ...crowd(others).map((person) => ({ person, role: 'member' as const, joined_at: MADE_AT, waiting: false })),
  ];

  test('is offered by its word and how many it tells, and is the same word in every text', async () => {
    const fake = scenario('everyday');
    fake.members.set('c-first-light', joined('member', 4));
    const user = await openConversation(fake, 'c-first-light');
    await user.type(composer(), 'come, @every');
    await waitFor(() => expect(options().map((option) => option?.replace(/[\u2066-\u2069]/g, ''))).toEqual(['everyone Notifies 4 people']));
    await user.keyboard('{Enter}');
    expect(composer().value).toBe('come, @everyone ');
    await new Promise((resume) => setTimeout(resume, 250));
    expect(note()).toBeUndefined();
    await user.keyboard('{Enter}');
    expect(fake.called('send_message').at(-1)).toEqual({ conversation: 'c-first-light', text: 'come, @everyone', reply_to: null });
    await waitFor(() => expect(screen.getByTestId('everyone').textContent).toBe('@everyone'));
  });

  test('is warned of among more than ten, and said to be refused where one may not', async () => {
    const fake = scenario('everyday');
    fake.members.set('c-first-light', joined('owner', 42));
    const user = await openConversation(fake, 'c-first-light');
    await user.type(composer(), 'home, @everyone!');
    await waitFor(() => expect(note()).toBe('This notifies 42 people.'));
    await user.type(composer(), '{Backspace}body');
    await waitFor(() => expect(note()).toBeUndefined());
    fake.members.set('c-first-light', joined('member', 42));
    await user.clear(composer());
    await user.type(composer(), '@everyone ');
    await waitFor(() => expect(note()).toContain('only the owner and admins'));
    await user.clear(composer());
    await user.type(composer(), '@ever');
    await settled();
    expect(options()).toEqual([]);
  });

  test('is nobody among two', async () => {
    const fake = scenario('everyday');
    const direct = fake.conversations.find(({ peer }) => peer)?.id ?? '';
    const user = await openConversation(fake, direct);
    await user.type(composer(), '@every');
    await settled();
    expect(options()).toEqual([]);
  });

  test('marks what is for me, and is read aloud', () => {
    const content = { kind: 'text', text: '@everyone', blocks: [{ kind: 'paragraph', inlines: [{ kind: 'everyone', me: true }] }] } as const;
    const said = structuredClone(content) as unknown as Parameters<typeof spoken>[0];
    expect([spoken(said), namesMe(said)]).toEqual(['@everyone', true]);
  });
});

describe('a channel', () => {
  test('is offered behind a number sign, stands in the text by its name, and is opened by a press', async () => {
    const fake = scenario('groups');
    const wanted = fake.conversations.find(({ home, id }) => home === fake.find('c-plans').home && id !== 'c-plans');
    if (!wanted) throw new Error('the group has another channel');
    const user = await openConversation(fake, 'c-plans');
    await user.type(composer(), 'see #');
    const names = () => options().map((option) => option?.replace(/^#\s*/, ''));
    await waitFor(() => expect(names(), 'not everybody sees a private one').toEqual(['plans']));
    wanted.private = false;
    await user.type(composer(), '{Backspace}#');
    await waitFor(() => expect(names().toSorted()).toEqual([wanted.name, 'plans'].toSorted()));
    expect(screen.getByTestId('names').getAttribute('aria-label')).toBe('Channels to lead to');
    await user.type(composer(), wanted.name.slice(0, 4));
    await waitFor(() => expect(names()[0]).toBe(wanted.name));
    await user.keyboard('{Enter}{Enter}');
    expect(fake.called('send_message').at(-1)).toEqual({ conversation: 'c-plans', text: `see #${wanted.name}`, reply_to: null });
    const link = await waitFor(() => screen.getByTestId('channel-link'));
    expect(link.textContent).toBe(`#${wanted.name}`);
    link.focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(view.conversation).toBe(wanted.id));
  });

  test('is offered nowhere but in the channels of a group', async () => {
    const user = await openConversation(scenario('everyday'), 'c-first-light');
    await user.type(composer(), 'see #');
    await settled();
    expect(options()).toEqual([]);
  });
});
