/** What becomes of a group: its name, roles, handing over, links, its end. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { GOOD_LINK } from '../src/lib/backend/fake/links';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openConversation, openPage, row, scenario, settled } from './page';

/** Elin owns the group of c-tools, with Noor and Pavel in it. */
async function openMine(name = 'groups') {
  const fake = scenario(name);
  const user = await openConversation(fake, 'c-tools');
  await user.click(screen.getByTestId('group-open'));
  await waitFor(() => screen.getAllByTestId('group-member'));
  const group = fake.called('list_group_members').at(-1)?.group ?? '';
  return { fake, user, group, dialog: within(screen.getByTestId('group-dialog')) };
}

function member(username: string) {
  const line = screen.getAllByTestId('group-member').find((other) => other.dataset.username === username);
  if (!line) throw new Error(`no ${username}`);
  return within(line);
}

describe('its name', () => {
  test('is changed, and what was not touched does not go out', async () => {
    const { fake, user, group, dialog } = await openMine();
    await user.click(dialog.getByTestId('group-edit'));
    const name = await waitFor(() => screen.getByTestId<HTMLInputElement>('group-name'));
    expect(name.value).toBe('Garden');
    await user.clear(name);
    expect(screen.getByTestId<HTMLButtonElement>('group-edit-save').disabled).toBe(true);
    await user.type(name, ' Orchard ');
    await user.click(screen.getByTestId('group-edit-save'));
    await waitFor(() => expect(screen.queryByTestId('group-edit-dialog')).toBeNull());
    expect(fake.called('edit_group')).toEqual([{ group, name: 'Orchard', about: null }]);
    await waitFor(() => dialog.getByRole('heading', { name: 'Orchard' }));
  });

  test('a refusal is said, and what was typed stays', async () => {
    const { fake, user, dialog } = await openMine();
    await user.click(dialog.getByTestId('group-edit'));
    fake.failNext('edit_group', { code: 'disk_full', message: 'The disk is full.' });
    await user.type(await waitFor(() => screen.getByTestId('group-about')), ' and more');
    await user.click(screen.getByTestId('group-edit-save'));
    await waitFor(() => screen.getByText('The disk is full.'));
    expect(screen.getByTestId<HTMLInputElement>('group-about').value).toContain('and more');
  });
});

describe('somebody in it', () => {
  test('becomes an admin and a member again, from the keyboard', async () => {
    const { fake, user, group } = await openMine();
    expect(member('elin.brandt').queryByTestId('member-more')).toBeNull();
    member('noor').getByTestId('member-more').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('member-admin')));
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    expect(fake.called('set_group_role')).toEqual([{ group, person: 'u-noor', role: 'admin' }]);
    await waitFor(() => member('noor').getByText('Admin'));
    await user.click(member('noor').getByTestId('member-more'));
    await user.click(await waitFor(() => screen.getByTestId('member-member')));
    await waitFor(() => expect(member('noor').queryByText('Admin')).toBeNull());
  });

  test('Home and End go to the ends of the menu', async () => {
    const { user } = await openMine();
    member('noor').getByTestId('member-more').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('member-admin')));
    await user.keyboard('{End}');
    expect(document.activeElement).toBe(screen.getByTestId('member-remove'));
    await user.keyboard('{Home}');
    expect(document.activeElement).toBe(screen.getByTestId('member-admin'));
  });

  test('Escape closes the menu alone', async () => {
    const { user } = await openMine();
    await user.click(member('noor').getByTestId('member-more'));
    await waitFor(() => screen.getByTestId('member-menu'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('member-menu')).toBeNull());
    expect(screen.queryByTestId('group-dialog')).toBeTruthy();
  });

  test('is taken out after a question', async () => {
    const { fake, user, group } = await openMine();
    await user.click(member('pavel').getByTestId('member-more'));
    await user.click(await waitFor(() => screen.getByTestId('member-remove')));
    await user.click(within(await waitFor(() => screen.getByTestId('member-question'))).getByText('Cancel'));
    expect(fake.called('remove_group_member')).toEqual([]);
    await user.click(member('pavel').getByTestId('member-more'));
    await user.click(await waitFor(() => screen.getByTestId('member-remove')));
    await user.click(await waitFor(() => screen.getByTestId('member-go')));
    expect(fake.called('remove_group_member')).toEqual([{ group, person: 'u-pavel' }]);
    await waitFor(() => expect(screen.getAllByTestId('group-member').length).toBe(2));
  });

  test('gets the group handed over, and what the owner alone may do is offered no more', async () => {
    const { fake, user, group, dialog } = await openMine();
    expect(dialog.queryByTestId('group-leave')).toBeNull();
    await user.click(member('noor').getByTestId('member-more'));
    await user.click(await waitFor(() => screen.getByTestId('member-hand_over')));
    await user.click(await waitFor(() => screen.getByTestId('member-go')));
    expect(fake.called('hand_over_group')).toEqual([{ group, to: 'u-noor' }]);
    await waitFor(() => member('noor').getByText('Owner'));
    member('elin.brandt').getByText('Admin');
    await waitFor(() => dialog.getByTestId('group-leave'));
    expect(dialog.queryByTestId('group-delete')).toBeNull();
    expect(member('noor').queryByTestId('member-more')).toBeNull();
    await user.click(member('pavel').getByTestId('member-more'));
    await waitFor(() => screen.getByTestId('member-remove'));
    expect(screen.queryByTestId('member-admin')).toBeNull();
  });
});

describe('its end', () => {
  test('wants its name typed', async () => {
    const { fake, user, group, dialog } = await openMine();
    await user.click(dialog.getByTestId('group-delete'));
    const field = await waitFor(() => screen.getByTestId('group-delete-name'));
    expect(screen.getByTestId<HTMLButtonElement>('group-delete-go').disabled).toBe(true);
    await user.type(field, 'garden{Enter}');
    expect(fake.called('delete_group')).toEqual([]);
    await user.clear(field);
    await user.type(field, 'Garden{Enter}');
    await waitFor(() => expect(screen.queryByTestId('group-dialog')).toBeNull());
    expect(fake.called('delete_group')).toEqual([{ group }]);
    await waitFor(() => expect(screen.queryAllByTestId('conversation-row').map((line) => line.dataset.id)).not.toContain('c-tools'));
  });

  test('waits offline, and is said', async () => {
    const { user, dialog } = await openMine('groups_offline');
    await user.click(dialog.getByTestId('group-delete'));
    await waitFor(() => screen.getByText(/You are offline: it happens/));
    await user.type(screen.getByTestId('group-delete-name'), 'Garden{Enter}');
    await waitFor(() => dialog.getByText(/The group is deleted when the server answers/));
    expect(dialog.queryByTestId('group-delete')).toBeNull();
    expect(dialog.queryByTestId('group-edit')).toBeNull();
  });
});

describe('links', () => {
  test('one is made, shown once, listed and stopped', async () => {
    const { fake, user, group, dialog } = await openMine();
    await user.click(dialog.getByTestId('group-links'));
    const links = within(await waitFor(() => screen.getByTestId('invite-dialog')));
    await waitFor(() => links.getByTestId('invite-none'));
    await user.selectOptions(links.getByTestId('invite-lives'), '1 day');
    await user.selectOptions(links.getByTestId('invite-uses'), '100 people');
    await user.selectOptions(links.getByTestId('invite-role'), 'Admin');
    await user.click(links.getByTestId('invite-make'));
    const shown = await waitFor(() => links.getByTestId('invite-link'));
    expect(shown.textContent).toMatch(/^hearth:\/\/join\//);
    expect(fake.called('create_invite_link')).toEqual([{ group, role: 'admin', lives_ms: 86_400_000, uses: 100 }]);
    await waitFor(() => links.getByText(/100 more people/));
    expect(await findings()).toEqual([]);
    await user.click(links.getByTestId('invite-revoke'));
    await waitFor(() => links.getByTestId('invite-none'));
    expect(links.queryByTestId('invite-link')).toBeNull();
  });

  test('offline there are none to see, and that is said', async () => {
    const { user, dialog } = await openMine('groups_offline');
    await user.click(dialog.getByTestId('group-links'));
    await waitFor(() => screen.getByText(/This needs the server/));
  });
});

describe('joining', () => {
  async function openJoin(name = 'everyday') {
    const fake = scenario(name);
    const user = await openPage(fake);
    await row('c-maren');
    await user.click(screen.getByTestId('new-conversation'));
    await user.click(await waitFor(() => screen.getByTestId('join-open')));
    return { fake, user, field: await waitFor(() => screen.getByTestId('join-link')) };
  }

  test('a pasted link says where it leads; then one joins', async () => {
    const { fake, user, field } = await openJoin();
    await user.type(field, `${GOOD_LINK}{Enter}`);
    const found = await waitFor(() => screen.getByTestId('join-found'));
    expect(found.textContent).toContain('Night walks');
    expect(found.textContent).toContain('12 people');
    expect(fake.called('join_by_link')).toEqual([]);
    expect(await findings()).toEqual([]);
    await user.click(screen.getByTestId('join-go'));
    await waitFor(() => screen.getByTestId('group-dialog'));
    expect(fake.called('join_by_link')).toEqual([{ link: GOOD_LINK }]);
    await row('c-walks');
  });

  test('another text takes back what was found, and a wrong one is said on the field', async () => {
    const { user, field } = await openJoin();
    await user.type(field, `${GOOD_LINK}{Enter}`);
    await waitFor(() => screen.getByTestId('join-found'));
    await user.type(field, 'x');
    expect(screen.queryByTestId('join-found')).toBeNull();
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByText(/not good any more/));
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  test('a link that was opened is looked at, and joins nothing by itself', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    await row('c-maren');
    fake.emit({ kind: 'join_link', link: GOOD_LINK, server: 'hearth://connect/northlight.example.org:7380', here: true });
    await waitFor(() => screen.getByTestId('join-found'));
    await settled();
    expect(fake.called('join_by_link')).toEqual([]);
    expect(view.dialog).toBe('join');
  });

  test('on the first page it names the server first', async () => {
    const fake = scenario('first_run');
    await openPage(fake);
    fake.emit({ kind: 'join_link', link: GOOD_LINK, server: 'hearth://connect/northlight.example.org:7380', here: false });
    await waitFor(() => screen.getByDisplayValue('hearth://connect/northlight.example.org:7380'));
    expect(fake.called('connect')).toEqual([]);
  });
});
