/** Making what several people share, and channels in the list. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { CONVERSATION_NAME_CHARS_MAX, NOTE_CHARS_MAX } from '../src/lib/limits';
import { goTo, view } from '../src/state/view.svelte';
import { openConversation, openPage, row, scenario, settled } from './page';

type Dialog = Pick<typeof screen, 'queryAllByTestId'>;

const peopleIn = (dialog: Dialog): HTMLElement[] => dialog.queryAllByTestId('create-person');
const names = (dialog: Dialog) => peopleIn(dialog).map((line) => line.dataset.username ?? '');

function boxOf(dialog: Dialog, username: string): HTMLInputElement {
  const line = peopleIn(dialog).find((other) => other.dataset.username === username);
  if (!line) throw new Error(`no ${username} to tick`);
  return within(line).getByRole<HTMLInputElement>('checkbox');
}

const checked = (dialog: Dialog) => names(dialog).filter((username) => boxOf(dialog, username).checked);

async function openCreate(name = 'everyday') {
  const fake = scenario(name);
  const user = await openPage(fake);
  await row('c-maren');
  await user.click(screen.getByTestId('new-conversation'));
  await user.click(await waitFor(() => screen.getByTestId('create-open')));
  return { fake, user, dialog: within(await waitFor(() => screen.getByTestId('create-dialog'))) };
}

describe('the dialog', () => {
  test('a conversation of several people', async () => {
    const { fake, user, dialog } = await openCreate();
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => dialog.getByText('Type a name.'));
    await user.type(dialog.getByTestId('create-name'), 'Sunday lunch');
    await user.type(dialog.getByTestId('create-people'), 'noor');
    await user.click(within(await waitFor(() => dialog.getByTestId('create-person'))).getByRole('checkbox'));
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => expect(screen.queryByTestId('create-dialog')).toBeNull());
    expect(fake.called('create_conversation')).toEqual([{ name: 'Sunday lunch', members: ['u-noor'] }]);
    await waitFor(() => expect(screen.getAllByRole('heading', { name: 'Sunday lunch' }).length).toBeGreaterThan(0));
  });

  test('a group goes on with its first channel, which is listed with the group', async () => {
    const { fake, user, dialog } = await openCreate();
    await user.click(dialog.getByTestId('create-channel'));
    await waitFor(() => dialog.getByText('You own no group yet. Make one first.'));
    await user.click(dialog.getByTestId('create-group'));
    await user.type(dialog.getByTestId('create-name'), 'Northlight');
    await user.type(dialog.getByTestId('create-people'), 'noor{Enter}');
    await waitFor(() => expect(checked(dialog)).toEqual(['noor']));
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => expect(dialog.getByRole('option', { name: 'Northlight' })).toBeTruthy());
    await waitFor(() => expect(document.activeElement).toBe(dialog.getByTestId('create-name')));
    await user.keyboard('plans');
    await user.click(dialog.getByTestId('create-private'));
    await waitFor(() => expect(names(dialog)).toEqual(['noor']));
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => expect(screen.queryByTestId('create-dialog')).toBeNull());
    const made = fake.conversations.at(-1);
    expect(made).toMatchObject({ kind: 'channel', name: 'plans', private: true });
    const line = await row(made?.id ?? '');
    expect(line.textContent).toContain('# plans');
    expect(line.textContent).toContain('Northlight');
  });

  test('a refusal is said in the dialog, and nothing typed is lost', async () => {
    const { fake, user, dialog } = await openCreate();
    fake.failNext('create_conversation', { code: 'disk_full', message: 'The disk is full.' });
    await user.type(dialog.getByTestId('create-name'), 'Sunday lunch{Enter}');
    await waitFor(() => dialog.getByText('The disk is full.'));
    expect((dialog.getByTestId('create-name') as HTMLInputElement).value).toBe('Sunday lunch');
  });
});

describe('a private channel', () => {
  test('of another group has that one’s people, and nobody who was ticked before', async () => {
    const { fake, user, dialog } = await openCreate('groups');
    await user.click(dialog.getByTestId('create-channel'));
    await user.click(dialog.getByTestId('create-private'));
    await waitFor(() => expect(names(dialog)).toContain('idris'));
    await user.click(boxOf(dialog, 'idris'));
    await user.selectOptions(dialog.getByTestId('create-home'), 'Garden');
    await waitFor(() => expect(names(dialog)).toEqual(['noor', 'pavel']));
    expect(checked(dialog)).toEqual([]);
    await user.click(boxOf(dialog, 'pavel'));
    await user.type(dialog.getByTestId('create-name'), 'seeds');
    await user.click(dialog.getByTestId('create-go'));
    await waitFor(() => expect(screen.queryByTestId('create-dialog')).toBeNull());
    expect(fake.called('create_channel').at(-1)).toMatchObject({ group: fake.groups[1]?.id, members: ['u-pavel'] });
  });

  test('says so where there is nobody to choose', async () => {
    const { user, dialog } = await openCreate();
    await user.click(dialog.getByTestId('create-group'));
    await user.type(dialog.getByTestId('create-name'), 'Alone');
    await user.click(dialog.getByTestId('create-go'));
    await user.click(await waitFor(() => dialog.getByTestId('create-private')));
    await waitFor(() => dialog.getByText(/Nobody else is in this group yet/));
  });
});

describe('people', () => {
  test('Enter ticks the only one found and makes nothing; ticking moves nobody', async () => {
    const { fake, user, dialog } = await openCreate();
    const field = dialog.getByTestId<HTMLInputElement>('create-people');
    await user.type(field, 'noor');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(checked(dialog)).toEqual(['noor']));
    expect(field.value).toBe('');
    await user.type(field, 'm');
    await waitFor(() => expect(names(dialog)).toEqual(['noor', 'maren', 'longname']));
    await user.keyboard('{Enter}');
    await settled();
    expect(checked(dialog)).toEqual(['noor']);
    await user.click(boxOf(dialog, 'longname'));
    expect(names(dialog)).toEqual(['noor', 'maren', 'longname']);
    await user.clear(field);
    await waitFor(() => expect(names(dialog)).toEqual(['noor', 'longname']));
    expect([...fake.called('create_conversation'), ...fake.called('create_group')]).toEqual([]);
  });

  test('who was ticked stays from a conversation to a group; nobody found is said', async () => {
    const { fake, user, dialog } = await openCreate();
    await user.type(dialog.getByTestId('create-people'), 'noor{Enter}');
    await waitFor(() => expect(checked(dialog)).toEqual(['noor']));
    await user.click(dialog.getByTestId('create-group'));
    expect(checked(dialog)).toEqual(['noor']);
    await user.type(dialog.getByTestId('create-people'), 'zzz');
    await waitFor(() => dialog.getByText('Nobody found for “zzz”'));
    fake.failNext('search_people', { code: 'timeout', message: 'The server took too long.' });
    await user.type(dialog.getByTestId('create-people'), 'z');
    await waitFor(() => dialog.getByText('The server took too long.'));
  });
});

test('what is wrong with a name stands on its field, where the focus is', async () => {
  const { fake, user, dialog } = await openCreate();
  const field = dialog.getByTestId<HTMLInputElement>('create-name');
  await user.click(field);
  await user.paste('x'.repeat(CONVERSATION_NAME_CHARS_MAX + 1));
  await user.click(dialog.getByTestId('create-go'));
  await waitFor(() => dialog.getByText(/At most 128|at most 128/));
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(field);
  await user.clear(field);
  expect(field.getAttribute('aria-invalid')).toBeNull();
  fake.failNext('create_conversation', { code: 'invalid_name', message: 'Another name, please.' });
  await user.type(field, 'Sunday{Enter}');
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  expect(fake.called('create_conversation').length).toBe(1);
});

describe('a channel', () => {
  test('has its sign and its group wherever it is named', async () => {
    const user = await openPage(scenario('groups'));
    await row('c-plans');
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('switcher-query')), 'plans');
    const option = await waitFor(() => within(screen.getByTestId('switcher')).getByRole('option', { name: /# plans/ }));
    expect(option.textContent).toContain('Northlight Observatory');
    expect(option.querySelector('mark')?.textContent).toBe('plans');
    await user.keyboard('{Escape}');
    view.dialog = null;
    await user.click(screen.getByTestId('open-search'));
    await user.type(screen.getByTestId('search-query'), 'plans');
    const hit = await waitFor(() => screen.getByTestId('search-conversation'));
    expect(hit.textContent).toContain('# plans');
    expect(hit.textContent).toContain('Northlight Observatory');
  });

  test('without messages names itself', async () => {
    await openConversation(scenario('groups'), 'c-budget');
    await waitFor(() => expect(screen.getAllByRole('heading', { name: '# budget' }).length).toBe(2));
  });
});

describe('about a group', () => {
  const usernames = () => screen.getAllByTestId('group-member').map((line) => line.dataset.username);

  async function openAbout(name: string, conversation: string) {
    const fake = scenario(name);
    const user = await openConversation(fake, conversation);
    await user.click(screen.getByTestId('group-open'));
    await waitFor(() => screen.getAllByTestId('group-member'));
    return { fake, user, dialog: within(screen.getByTestId('group-dialog')) };
  }

  const adding = () => within(screen.getByTestId('group-adding'));

  test('says when it was made, by whom, and since when each is in it', async () => {
    const { fake, dialog } = await openAbout('groups', 'c-evenings');
    expect(dialog.getByTestId('made').textContent).toMatch(/^Created on .*2026 by Maren Solberg$/);
    expect(dialog.getAllByTestId('member-since')).toHaveLength(usernames().length);
    dialog.getAllByTestId('member-since').forEach((line) => expect(line.textContent).toMatch(/^Member since .*2026$/));
    // One that waits to be made was made at no time yet.
    fake.groups = fake.groups.map((group) => ({ ...group, made: null }));
    fake.emit({ kind: 'groups' });
    await waitFor(() => expect(dialog.queryByTestId('made')).toBeNull());
  });

  test('says who is in it; its owner takes people in, but cannot leave it alone', async () => {
    const { fake, user, dialog } = await openAbout('groups', 'c-tools');
    dialog.getByText('3 people');
    expect(usernames()).toEqual(['elin.brandt', 'noor', 'pavel']);
    dialog.getByText('Owner');
    dialog.getByText(/hand it over or delete it/);
    expect(dialog.queryByTestId('group-leave')).toBeNull();
    await user.click(dialog.getByTestId('group-add'));
    expect(document.activeElement).toBe(adding().getByTestId('create-people'));
    await user.type(adding().getByTestId('create-people'), 'noor');
    await waitFor(() => expect(boxOf(adding(), 'noor').disabled).toBe(true));
    await user.clear(adding().getByTestId('create-people'));
    await user.type(adding().getByTestId('create-people'), 'yuki{Enter}');
    await waitFor(() => expect(checked(adding())).toEqual(['yuki']));
    await user.click(adding().getByTestId('group-add-go'));
    await waitFor(() => expect(usernames()).toEqual(['elin.brandt', 'noor', 'pavel', 'yuki']));
    expect(screen.queryByTestId('group-adding')).toBeNull();
    expect(fake.called('add_group_members')).toEqual([{ group: fake.groups[1]?.id, people: ['u-yuki'] }]);
  });

  test('who is added offline waits until the server has heard of it', async () => {
    const { fake, user, dialog } = await openAbout('groups_offline', 'c-tools');
    await user.click(dialog.getByTestId('group-add'));
    await user.type(adding().getByTestId('create-people'), 'yuki{Enter}');
    await waitFor(() => expect(checked(adding())).toEqual(['yuki']));
    await user.click(adding().getByTestId('group-add-go'));
    await waitFor(() => dialog.getByText('When the server answers'));
    fake.delivery_ms = 0;
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(dialog.queryByText('When the server answers')).toBeNull());
    expect(usernames()).toContain('yuki');
  });

  test('people can be asked first, with a note, and asked no more', async () => {
    const { fake, user, dialog } = await openAbout('groups_offline', 'c-tools');
    await user.click(dialog.getByTestId('group-add'));
    await user.keyboard('yuki{Enter}');
    await waitFor(() => expect(checked(adding())).toEqual(['yuki']));
    adding().getByRole('switch', { name: 'Ask them first' }).focus();
    await user.keyboard(' ');
    const note = await waitFor(() => adding().getByTestId<HTMLInputElement>('group-ask-note'));
    await user.click(note);
    await user.paste('x'.repeat(NOTE_CHARS_MAX + 1));
    expect(adding().getByTestId<HTMLButtonElement>('group-add-go').disabled).toBe(true);
    await user.clear(note);
    await user.type(note, ' for the garden ');
    adding().getByTestId('group-add-go').focus();
    await user.keyboard('{Enter}');
    const group = fake.groups[1]?.id;
    expect(fake.called('invite_to_group')).toEqual([{ group, people: ['u-yuki'], note: 'for the garden' }]);
    expect(fake.called('add_group_members')).toEqual([]);
    const asked = within(await waitFor(() => dialog.getByTestId('group-invited')));
    asked.getByText('for the garden');
    asked.getByText('Goes out when you are online');
    expect(usernames()).not.toContain('yuki');
    await user.click(asked.getByTestId('group-withdraw'));
    await waitFor(() => expect(dialog.queryByTestId('group-invited')).toBeNull());
    expect(fake.called('withdraw_invitation')).toEqual([{ id: `i-${group}-u-yuki`, group }]);
  });

  test('giving up the adding leaves what it was opened from', async () => {
    const { user, dialog } = await openAbout('groups', 'c-tools');
    await user.click(dialog.getByTestId('group-add'));
    adding().getByText('Cancel').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByTestId('group-adding')).toBeNull());
    expect(screen.queryByTestId('group-dialog')).toBeTruthy();
  });

  test('of many, a member is found by a word of the name or by the username', async () => {
    const { fake, user, dialog } = await openAbout('crowd', 'c-plans');
    expect(dialog.queryByTestId('member-find')).toBeNull();
    await user.click(dialog.getByRole('button', { name: 'Close' }));
    goTo.group(fake.groups.at(-2)?.id ?? '');
    const find = await waitFor(() => screen.getByTestId('member-find'));
    find.focus();
    await user.keyboard('BERG');
    await waitFor(() => expect(usernames()).toHaveLength(8));
    await user.clear(find);
    await user.keyboard('@yael');
    await waitFor(() => expect(usernames()).toEqual(['yael.k']));
    await user.clear(find);
    await user.keyboard('nobody at all');
    await waitFor(() => screen.getByText(/Nobody found for/));
    expect(screen.queryAllByTestId('group-member')).toEqual([]);
  });

  test('who does not own it leaves it after a question, and its channels go', async () => {
    const { fake, user, dialog } = await openAbout('groups', 'c-evenings');
    expect(dialog.queryByTestId('group-add')).toBeNull();
    dialog.getByText('Its owner and admins add people.');
    await user.click(dialog.getByTestId('group-leave'));
    await waitFor(() => screen.getByText('Leave Amateur astronomers?'));
    await user.click(within(screen.getByTestId('leave-question')).getByText('Cancel'));
    await waitFor(() => expect(screen.queryByTestId('leave-question')).toBeNull());
    expect(fake.called('leave_group')).toEqual([]);
    await user.click(dialog.getByTestId('group-leave'));
    await user.click(await waitFor(() => screen.getByTestId('leave-go')));
    await waitFor(() => expect(screen.queryByTestId('group-dialog')).toBeNull());
    expect(fake.called('leave_group')).toEqual([{ group: fake.called('list_group_members').at(-1)?.group }]);
    await waitFor(() => expect(screen.getAllByTestId('conversation-row').map((line) => line.dataset.id)).not.toContain('c-evenings'));
    expect(view.conversation).toBeNull();
  });

  test('offline the leaving waits, and is said', async () => {
    const { user, dialog } = await openAbout('groups_offline', 'c-evenings');
    await user.click(dialog.getByTestId('group-leave'));
    await waitFor(() => screen.getByText(/You are offline: it happens/));
    await user.click(screen.getByTestId('leave-go'));
    await waitFor(() => expect(screen.queryByTestId('group-dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Groups' }));
    await user.click(await waitFor(() => screen.getByRole('button', { name: 'About Amateur astronomers' })));
    await waitFor(() => screen.getByText(/You leave this group when the server answers/));
    expect(within(screen.getByTestId('group-dialog')).queryByTestId('group-leave')).toBeNull();
  });

  test('closes when it was left on another device', async () => {
    const { fake } = await openAbout('groups', 'c-evenings');
    fake.groups = fake.groups.filter((group) => group.manages);
    fake.emit({ kind: 'groups' });
    await waitFor(() => expect(screen.queryByTestId('group-dialog')).toBeNull());
  });

  test('a refusal leaves everything as it was', async () => {
    const { fake, user, dialog } = await openAbout('groups', 'c-evenings');
    fake.failNext('leave_group', { code: 'disk_full', message: 'The disk is full.' });
    await user.click(dialog.getByTestId('group-leave'));
    await user.click(await waitFor(() => screen.getByTestId('leave-go')));
    await waitFor(() => screen.getByText('The disk is full.'));
    expect(screen.queryByTestId('group-dialog')).toBeTruthy();
    expect(view.conversation).toBe('c-evenings');
  });
});
