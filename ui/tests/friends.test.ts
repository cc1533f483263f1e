/** People: asked, answered, removed and blocked, and what a block hides. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { NOTE_CHARS_MAX } from '../src/lib/limits';
import type { FriendsView } from '../src/lib/backend';
import { ME } from '../src/lib/backend/fake/model';
import { goTo } from '../src/state/view.svelte';
import { openConversation, openPage, row, scenario } from './page';

const YUKI = { user: 'u-yuki', username: 'yuki', name: 'Yuki Tanabe' };
const TOMASZ = { user: 'u-tomasz', username: 'tomasz', name: 'Tomasz Wilk' };
const YAEL = { user: 'u-yael', username: 'yael', name: 'יעל כהן' };
const MAREN = { user: 'u-maren', username: 'maren', name: 'Maren Solberg' };

function around(some: Partial<FriendsView>, name = 'everyday') {
  const fake = scenario(name);
  fake.friends = { contacts: [], incoming: [], outgoing: [], invited: [], inviting: [], blocked: [], ...some };
  return fake;
}

async function openPeople(some: Partial<FriendsView>, name = 'everyday') {
  const fake = around(some, name);
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-people')));
  await waitFor(() => screen.getByTestId('people-page'));
  return { fake, user };
}

const section = (name: string) => within(screen.getByTestId(`people-${name}`));

describe('the people', () => {
  test('a request is counted in the rail, shows its note, and is accepted', async () => {
    const asked = [
      { id: 'i-1', person: YUKI, note: 'From the mountain', at: 1 },
      { id: 'i-2', person: YAEL, note: 'שלום', at: 1 },
    ];
    const { fake, user } = await openPeople({ incoming: asked });
    expect(screen.getByTestId('people-badge').textContent).toContain('2');
    expect(screen.getByTestId('open-people').getAttribute('aria-label')).toContain('2');
    expect(section('incoming').getByText('שלום').getAttribute('dir')).toBe('auto');
    await user.click(section('incoming').getByRole('button', { name: 'Accept Yuki Tanabe' }));
    expect(fake.called('answer_invitation')).toEqual([{ id: 'i-1', accept: true }]);
    await waitFor(() => section('contacts').getByText('Yuki Tanabe'));
    await user.click(section('incoming').getByTestId('person-decline'));
    await waitFor(() => expect(screen.queryByTestId('people-incoming')).toBeNull());
    expect(screen.queryByTestId('people-badge')).toBeNull();
    expect(fake.called('answer_invitation')[1]).toEqual({ id: 'i-2', accept: false });
  });

  test('somebody is found, and asked with a note that fits', async () => {
    const { fake, user } = await openPeople({ contacts: [TOMASZ] });
    await user.type(screen.getByTestId('people-find'), 'yuki');
    await user.click(await waitFor(() => section('found').getByTestId('person-add')));
    const note = await waitFor(() => screen.getByTestId<HTMLInputElement>('ask-note'));
    await user.click(note);
    await user.paste('x'.repeat(NOTE_CHARS_MAX + 1));
    expect(screen.getByTestId<HTMLButtonElement>('ask-go').disabled).toBe(true);
    await user.clear(note);
    await user.type(note, ' it is me {Enter}');
    expect(fake.called('request_friend')).toEqual([{ to: 'u-yuki', note: 'it is me' }]);
    await waitFor(() => section('outgoing').getByText('it is me'));
    expect(section('found').queryByTestId('person-add')).toBeNull();
    await user.clear(screen.getByTestId('people-find'));
    await user.type(screen.getByTestId('people-find'), 'tomasz');
    await waitFor(() => section('found').getByText('Your contact'));
    await user.click(section('outgoing').getByTestId('person-withdraw'));
    await waitFor(() => expect(screen.queryByTestId('people-outgoing')).toBeNull());
  });

  test('offline it says what waits to go out', async () => {
    await openPeople({ outgoing: [{ id: 'i-1', person: YUKI, note: '', at: null }] }, 'offline');
    section('outgoing').getByText('Goes out when you are online');
  });

  test('removing and blocking are asked about', async () => {
    const { fake, user } = await openPeople({ contacts: [YUKI, TOMASZ] });
    await user.click(section('contacts').getByRole('button', { name: /Remove Yuki/ }));
    await waitFor(() => screen.getByTestId('remove-question'));
    await user.click(screen.getByText('Cancel'));
    expect(fake.called('remove_contact')).toEqual([]);
    await user.click(section('contacts').getByRole('button', { name: /Remove Yuki/ }));
    await user.click(await waitFor(() => screen.getByTestId('remove-question-go')));
    await waitFor(() => expect(section('contacts').queryByText('Yuki Tanabe')).toBeNull());
    await user.click(section('contacts').getByRole('button', { name: 'Block Tomasz Wilk' }));
    await user.click(await waitFor(() => screen.getByTestId('block-question-go')));
    await waitFor(() => screen.getByText(/No contacts yet/));
    expect(fake.called('block_user')).toEqual([{ user: 'u-tomasz' }]);
    await user.click(screen.getByTestId('open-settings'));
    const settings = await waitFor(() => screen.getByRole('button', { name: 'Unblock Tomasz Wilk' }));
    await user.click(settings);
    await waitFor(() => screen.getByText('You have blocked nobody'));
  });
});

describe('what can be done on a card', () => {
  async function openCard(username: string, friends: Partial<FriendsView>) {
    const { fake, user } = await openPeople({ contacts: [TOMASZ], ...friends });
    const line = await waitFor(() => {
      const found = screen.getAllByTestId('person-line').find((one) => one.dataset.username === username);
      if (!found) throw new Error(`no line of ${username}`);
      return found;
    });
    within(line).getByTestId('face').focus();
    await user.keyboard('{Enter}');
    return { fake, user, card: within(await waitFor(() => screen.getByTestId('person-card'))) };
  }

  test('a contact is written to', async () => {
    const { fake, user, card } = await openCard('tomasz', {});
    card.getByText('Your contact');
    expect(card.queryByTestId('card-add')).toBeNull();
    card.getByTestId('card-write').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(fake.called('start_direct')).toEqual([{ user: 'u-tomasz' }]));
    await waitFor(() => expect(screen.queryByTestId('person-card')).toBeNull());
    await waitFor(() => screen.getByTestId('composer'));
  });

  test('who asks is accepted, and stays in sight', async () => {
    const { fake, user, card } = await openCard('yuki', { incoming: [{ id: 'i-1', person: YUKI, note: '', at: 1 }] });
    card.getByText('Asks you');
    card.getByTestId('card-accept').focus();
    await user.keyboard('{Enter}');
    expect(fake.called('answer_invitation')).toEqual([{ id: 'i-1', accept: true }]);
    await waitFor(() => card.getByText('Your contact'));
    expect(card.queryByTestId('card-accept')).toBeNull();
  });

  test('blocking asks first, in the place of the card; who is blocked is only unblocked', async () => {
    const { fake, user, card } = await openCard('tomasz', {});
    await user.click(card.getByTestId('card-block'));
    await user.click(await waitFor(() => screen.getByTestId('block-question-go')));
    await waitFor(() => expect(fake.called('block_user')).toEqual([{ user: 'u-tomasz' }]));
    expect(screen.queryByTestId('person-card')).toBeNull();
    await waitFor(() => expect(screen.queryByTestId('block-question')).toBeNull());
    goTo.person(TOMASZ);
    const again = within(await waitFor(() => screen.getByTestId('person-card')));
    again.getByText('Blocked by you');
    expect(again.queryByTestId('card-write')).toBeNull();
    again.getByTestId('card-unblock').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => again.getByTestId('card-add'));
  });

  test('nothing is to be done about oneself', async () => {
    await openPeople({ contacts: [TOMASZ] });
    goTo.person(ME);
    const card = within(await waitFor(() => screen.getByTestId('person-card')));
    expect(card.queryByTestId('card-write')).toBeNull();
    expect(card.queryByTestId('card-block')).toBeNull();
  });
});

describe('an invitation to a group', () => {
  const invited = { id: 'i-g', person: YUKI, note: 'Bring a thermos', at: 1, group: 'g-walks', group_name: 'Night walks' };

  test('is counted in the rail, says into which, and leads into it', async () => {
    const { fake, user } = await openPeople({ invited: [invited, { ...invited, id: 'i-h', person: TOMASZ, group_name: 'ערב' }] });
    expect(screen.getByTestId('people-badge').textContent).toContain('2');
    section('invited').getByText('Invites you to Night walks');
    section('invited').getAllByText('Bring a thermos');
    await user.click(section('invited').getByRole('button', { name: /Decline Tomasz Wilk's invitation/ }));
    section('invited').getByRole('button', { name: 'Join Night walks' }).focus();
    await user.keyboard('{Enter}');
    expect(fake.called('answer_invitation')).toEqual([
      { id: 'i-h', accept: false },
      { id: 'i-g', accept: true },
    ]);
    await waitFor(() => expect(screen.queryByTestId('people-invited')).toBeNull());
    expect(fake.groups.map(({ name }) => name)).toContain('Night walks');
  });

  test('of who is blocked meanwhile goes', async () => {
    const { user } = await openPeople({ invited: [invited] });
    await user.click(section('invited').getByRole('button', { name: 'Block Yuki Tanabe' }));
    await user.click(await waitFor(() => screen.getByTestId('block-question-go')));
    await waitFor(() => expect(screen.queryByTestId('people-invited')).toBeNull());
  });
});

describe('a block', () => {
  test('takes the composer away, until it is taken back', async () => {
    const user = await openConversation(around({}), 'c-maren');
    await user.click(screen.getByTestId('toolbar-block'));
    await user.click(await waitFor(() => screen.getByTestId('block-question-go')));
    await waitFor(() => screen.getByTestId('blocked-note'));
    expect(screen.queryByTestId('composer')).toBeNull();
    expect(screen.queryByTestId('toolbar-block')).toBeNull();
    expect((await row('c-maren')).textContent).toContain('Message from someone you blocked');
    await user.click(screen.getByTestId('unblock'));
    await waitFor(() => screen.getByTestId('composer'));
  });

  test('collapses what they write in a group, and shows it when asked', async () => {
    const user = await openPage(around({ blocked: [MAREN, YUKI] }));
    const line = await row('c-first-light');
    expect([line.dataset.unread, line.textContent?.includes('someone you blocked')]).toEqual(['0', true]);
    await user.click(line);
    const collapsed = await waitFor(() => screen.getAllByTestId('message-collapsed'));
    expect(screen.queryByText(/Can you bring the 2/)).toBeNull();
    expect(screen.getByText(/Reviewed, ship it/)).toBeTruthy();
    await user.pointer({ target: collapsed[0] as HTMLElement, keys: '[MouseRight]' });
    expect(screen.queryByTestId('message-menu')).toBeNull();
    for (const one of collapsed) await user.click(within(one.parentElement as HTMLElement).getByText('Show'));
    const shown = await waitFor(() => screen.getByText(/Can you bring the 2/));
    expect(screen.queryByTestId('message-collapsed')).toBeNull();
    await user.pointer({ target: shown, keys: '[MouseRight]' });
    await waitFor(() => screen.getByTestId('menu-copy'));
  });
});
