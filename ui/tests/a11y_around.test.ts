/** What is around a conversation, as axe sees it: the list and the rail, the places, the search, people, the outbox. */
import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { collectionsOf } from '../src/lib/backend/fake/collections';
import type { Fake } from '../src/lib/backend/fake/fake';
import { ME } from '../src/lib/backend/fake/model';
import { goTo } from '../src/state/view.svelte';
import { accessible, everyComponentOf, findings, press, silent } from './axe';
import { messages, openConversation, openPage, row, scenario, settled } from './page';

/** Maren says something; gives back the message as the server has it. */
function says(fake: Fake, text: string) {
  fake.receive('c-maren', 'u-maren', text);
  const said = fake.find('c-maren').messages.at(-1);
  if (!said) throw new Error('nothing was said');
  return said;
}

test.each(['empty', 'offline', 'blocked_connection', 'session_ended', 'guest'])('the window: %s', async (name) => {
  await openPage(scenario(name));
  expect(await findings()).toEqual([]);
});

test('the list by group, the groups, and what can be done to a line', async () => {
  const fake = scenario('groups');
  fake.settings = { ...fake.settings, list_by_group: true };
  const user = await openPage(fake);
  await accessible('list-section');
  await press(user, 'filter-groups');
  await accessible('my-group');
});

test('the menu of a conversation', async () => {
  const user = await openConversation(scenario('everyday'), 'c-maren');
  await press(user, 'conversation-more');
  await accessible('conversation-menu');
});

test('what is not here yet', async () => {
  const user = await openConversation(scenario('gap'), 'c-idris');
  await press(user, 'coverage-open');
  await accessible('coverage');
});

test('while the list takes its time', async () => {
  const fake = scenario('everyday');
  const speak = silent(fake, 'list_conversations');
  await openPage(fake);
  await waitFor(() => screen.getAllByLabelText('Loading'));
  expect(await findings()).toEqual([]);
  speak();
  await row('c-maren');
});

test('the outbox, and what goes along with what is discarded', async () => {
  const user = await openConversation(scenario('failed'), 'c-maren');
  await press(user, 'outbox-count');
  await accessible('outbox-item');
  const made = screen.getAllByTestId('outbox-item').find((item) => item.textContent?.includes('New conversation'));
  await user.click(made?.querySelector('[data-testid="outbox-discard"]') as HTMLElement);
  await accessible('discard-question');
});

test('the inbox', async () => {
  await openPage(scenario('crowd'));
  goTo.inbox();
  await accessible('inbox-line');
});

test('the inbox, where there is nothing', async () => {
  await openPage(scenario('empty'));
  goTo.inbox();
  await accessible('inbox-page');
});

test('what is starred and collected, and the collections', async () => {
  const fake = scenario('everyday');
  const said = says(fake, 'keep this');
  said.starred_at = 10;
  collectionsOf(fake).push({ id: 'l-walks', name: 'Walks', inside: new Map([[said.id, 5]]) });
  const user = await openPage(fake);
  await press(user, 'open-starred');
  await accessible('marked-line', 'collection-all');
  await press(user, 'collection-new');
  await accessible('name-collection');
  goTo.leave();
  await settled();
  goTo.starred();
  await press(user, 'collection-made', 'collection-delete');
  await accessible('delete-collection');
});

test('where a message is collected, and what is pinned', async () => {
  const fake = scenario('everyday');
  const said = says(fake, 'keep this');
  const other = says(fake, 'and this');
  const user = await openConversation(fake, 'c-maren');
  for (const { id } of [said, other]) await fake.call('pin_message', { conversation: 'c-maren', message: id, on: true });
  await accessible('pin-bar');
  await press(user, 'pins-all');
  await accessible('pins-dialog', 'marked-line');
  goTo.list();
  await openMessage(user, 'keep this');
  await user.keyboard('c');
  await accessible('collect-dialog');
});

async function openMessage(user: Awaited<ReturnType<typeof openPage>>, text: string): Promise<void> {
  await user.click(await row('c-maren'));
  const found = await waitFor(() => {
    const shown = screen.getAllByTestId('message').find((one) => one.textContent?.includes(text));
    if (!shown) throw new Error(`nobody says ${text}`);
    return shown;
  });
  found.focus();
}

test('the search: what may be typed, what is offered, what is found', async () => {
  const fake = scenario('everyday');
  fake.people.push({ user: 'u-zoe', username: 'zoe', name: 'Zoe Quist' });
  fake.find('c-noor').topic = 'Zoetropes and belts';
  const user = await openPage(fake);
  await row('c-maren');
  await press(user, 'open-search');
  await accessible('search-help');
  const box = screen.getByTestId('search-query');
  await user.type(box, 'belt');
  await accessible('search-hit', 'search-conversation');
  await user.clear(box);
  await user.type(box, 'zoe');
  await accessible('search-person');
  await user.clear(box);
  await user.type(box, 'belt from:ma');
  await accessible('search-suggestion');
  await user.clear(box);
  await user.paste('belt from:maren before:soon ');
  await accessible('search-chip', 'search-problem');
});

test('the search of what is not here', async () => {
  const fake = scenario('gap');
  const user = await openPage(fake);
  await row('c-idris');
  fake.goOffline();
  await press(user, 'open-search');
  await user.paste('900.');
  await accessible('search-unasked');
});

test.each([
  ['{Control>}k{/Control}', 'switcher'],
  ['{Control>}n{/Control}', 'new-conversation-dialog'],
  ['{Control>}/{/Control}', 'key-list'],
])('dialog %s', async (keys, testid) => {
  const user = await openPage(scenario('everyday'));
  await row('c-maren');
  await user.keyboard(keys);
  await accessible(testid);
});

test('closing the window for the first time, and a link that leads into a group', async () => {
  const fake = scenario('everyday');
  const user = await openPage(fake);
  await row('c-maren');
  fake.emit({ kind: 'ask_close' });
  await accessible('close-question');
  await press(user, 'close-tray');
  await user.keyboard('{Control>}n{/Control}');
  await press(user, 'join-open');
  await accessible('join-dialog');
});

test('a message that is to be deleted, and a toast', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  messages().at(-1)?.focus();
  await user.keyboard('{Delete}');
  await accessible('toast');
  goTo.delete('c-maren', fake.find('c-maren').messages.findLast(({ sender }) => sender === ME.user)?.id ?? '');
  await accessible('delete-question');
});

test('people: all of them, somebody who is found, asked, removed, blocked', async () => {
  const fake = scenario('everyday');
  const [one, two, three] = fake.people;
  if (!one || !two || !three) throw new Error('nobody');
  fake.friends = { contacts: [one], incoming: [{ id: 'i-1', person: two, note: 'hello', at: 1 }], outgoing: [{ id: 'i-2', person: three, note: '', at: null }], invited: [{ id: 'i-3', person: two, note: 'come', at: 1, group: 'g-1', group_name: 'Night walks' }], inviting: [], blocked: [] };
  const user = await openPage(fake);
  await press(user, 'open-people');
  await accessible('people-contacts');
  await user.type(screen.getByTestId('people-find'), 'nobody at all');
  await waitFor(() => screen.getByText(/Nobody found for/));
  expect(await findings()).toEqual([]);
  await user.clear(screen.getByTestId('people-find'));
  await user.type(screen.getByTestId('people-find'), 'yuki');
  await accessible('people-found');
  await press(user, 'person-add');
  await accessible('ask-friend');
  goTo.people();
  await press(user, 'person-remove');
  await accessible('remove-question');
  await user.click(screen.getByText('Cancel'));
  await press(user, 'person-block');
  await accessible('block-question');
});

test('people, for who may not write to whom they do not know', async () => {
  const fake = scenario('guest');
  fake.friends = { ...fake.friends, contacts: fake.people.slice(0, 2) };
  await openPage(fake);
  goTo.people();
  await accessible('people-page', 'may-not-start');
});

test('somebody who is blocked', async () => {
  const fake = scenario('everyday');
  fake.friends = { ...fake.friends, blocked: fake.people.slice(0, 1) };
  await openConversation(fake, 'c-maren');
  await accessible('blocked-note');
});

test('where a message may go', async () => {
  const user = await openConversation(scenario('everyday'), 'c-maren');
  messages().at(-1)?.focus();
  await user.keyboard('f');
  await accessible('forward-place');
});

test('many people, with names that are hard to draw', async () => {
  const fake = scenario('crowd');
  const user = await openPage(fake);
  await press(user, 'open-people');
  await accessible('people-contacts');
  await press(user, 'face');
  await accessible('person-card');
});

test('about a conversation: its people, and everything that is done to it', async () => {
  const fake = scenario('everyday');
  const [maren] = fake.people;
  if (!maren) throw new Error('nobody');
  fake.members.set('c-first-light', [{ person: ME, role: 'owner', waiting: false, joined_at: null }, { person: maren, role: 'member', waiting: false, joined_at: null }]);
  const user = await openConversation(fake, 'c-first-light');
  await press(user, 'about-open');
  await accessible('about-dialog', 'group-member');
  for (const [button, dialog] of [['about-edit', 'about-edit-dialog'], ['about-add', 'about-adding'], ['about-delete', 'about-delete-dialog'], ['about-leave', 'about-question']] as const) {
    await press(user, button);
    await accessible(dialog);
  }
});

test('about a group: its people, and everything that is done to it', async () => {
  const user = await openConversation(scenario('groups'), 'c-tools');
  await press(user, 'group-open');
  await accessible('group-dialog', 'group-member');
  await press(user, 'member-more');
  await accessible('member-menu');
  await press(user, 'member-remove');
  await accessible('member-question');
  for (const [button, dialog] of [['group-edit', 'group-edit-dialog'], ['group-links', 'invite-dialog'], ['group-add', 'group-adding'], ['group-delete', 'group-delete-dialog']] as const) {
    await press(user, button);
    await accessible(dialog);
  }
});

test('a group that one does not own is left', async () => {
  const user = await openConversation(scenario('groups'), 'c-evenings');
  await press(user, 'group-open', 'group-leave');
  await accessible('leave-question');
});

test('making what several people share', async () => {
  const user = await openConversation(scenario('groups'), 'c-tools');
  await user.click(screen.getByTestId('new-conversation'));
  await press(user, 'create-open');
  await accessible('create-dialog', 'create-people');
  await user.type(screen.getByTestId('create-people'), 'nobody at all');
  await waitFor(() => screen.getByText(/Nobody found for/));
  expect(await findings()).toEqual([]);
  await press(user, 'create-channel', 'create-private');
  await accessible('create-dialog');
});

test('the order of the list, and the conversations that one was in', async () => {
  const user = await openConversation(scenario('everyday'), 'c-maren');
  await press(user, 'list-order');
  await accessible('list-order-menu');
  await user.keyboard('{Escape}');
  goTo.conversation('c-noor');
  await settled();
  await user.keyboard('{Control>}{Tab}');
  await accessible('recent');
  await user.keyboard('{/Control}');
});

test('details beside the conversation', async () => {
  const { happyDOM } = window as unknown as { happyDOM: { setViewport: (to: { width: number }) => void } };
  happyDOM.setViewport({ width: 1_400 });
  const user = await openConversation(scenario('everyday'), 'c-first-light');
  await press(user, 'about-open');
  await accessible('about-dialog');
  happyDOM.setViewport({ width: 1_024 });
});

everyComponentOf('features/main', 'features/list', 'features/coverage', 'features/outbox', 'features/inbox', 'features/marked', 'features/search', 'features/people', 'features/dialogs', 'features/conversation', 'features/group');
