/** About a conversation of several people: name, topic, members, and what happened to it in its timeline. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { happens } from '../src/lib/backend/fake/members';
import { MADE_AT, ME } from '../src/lib/backend/fake/model';
import type { Fake } from '../src/lib/backend/fake/fake';
import type { GroupMemberView, HappenedTo, HappenedView, MemberRole } from '../src/lib/backend';
import { conversations } from '../src/state/conversations.svelte';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { messages, openConversation, row, scenario, settled } from './page';

const TALK = 'c-first-light';

function world(role: MemberRole = 'owner'): Fake {
  const fake = scenario('everyday');
  const [maren, idris, lucia] = fake.people;
  if (!maren || !idris || !lucia) throw new Error('nobody');
  const others: GroupMemberView[] = [maren, idris].map((person, at) => ({ person, role: at === 0 && role !== 'owner' ? 'owner' : 'member', joined_at: MADE_AT, waiting: false }));
  fake.members.set(TALK, [{ person: ME, role, joined_at: MADE_AT, waiting: false }, ...others]);
  return fake;
}

async function open(fake = world()) {
  const user = await openConversation(fake, TALK);
  await user.click(screen.getByTestId('about-open'));
  await waitFor(() => screen.getAllByTestId('group-member'));
  return { fake, user, dialog: within(screen.getByTestId('about-dialog')) };
}

function member(username: string) {
  const line = screen.getAllByTestId('group-member').find((other) => other.dataset.username === username);
  if (!line) throw new Error(`no ${username}`);
  return within(line);
}

/** Without the time. */
const told = () => screen.queryAllByTestId('happened').map((line) => line.firstChild?.textContent?.trim());

describe('its name and topic', () => {
  test('stand in the header, whole in the tooltip, and open by keys', async () => {
    const user = await openConversation(world(), TALK);
    const topic = screen.getByText('Commissioning the 60 cm');
    expect(topic.closest('[title]')?.getAttribute('title')).toBe('Commissioning the 60 cm');
    await user.keyboard('{Control>}.{/Control}');
    await waitFor(() => screen.getByTestId('about-dialog'));
    expect(screen.getByTestId('about-topic').textContent).toBe('Commissioning the 60 cm');
    expect(await findings()).toEqual([]);
  });

  test('of one of two people who the other one is', async () => {
    const user = await openConversation(scenario('everyday'), 'c-maren');
    await user.keyboard('{Control>}.{/Control}');
    await waitFor(() => screen.getByTestId('person-card'));
    expect(view.person?.username).toBe('maren');
    expect(screen.queryByTestId('about-dialog')).toBeNull();
  });

  test('are changed, and what was not touched does not go out', async () => {
    const { fake, user, dialog } = await open();
    await user.click(dialog.getByTestId('about-edit'));
    const name = await waitFor(() => screen.getByTestId<HTMLInputElement>('about-name'));
    expect(name.value).toBe('first-light');
    await user.clear(name);
    expect(screen.getByTestId<HTMLButtonElement>('about-save').disabled).toBe(true);
    await user.type(name, ' Second light ');
    await user.click(screen.getByTestId('about-save'));
    await waitFor(() => expect(screen.queryByTestId('about-edit-dialog')).toBeNull());
    expect(fake.called('edit_conversation')).toEqual([{ conversation: TALK, name: 'Second light', topic: null }]);
    await waitFor(() => dialog.getByRole('heading', { name: 'Second light' }));
    await waitFor(() => expect(told()).toEqual(['You gave this conversation another name.']));
  });

  test('wait offline, and show already', async () => {
    const { fake, user, dialog } = await open();
    fake.goOffline();
    await user.click(dialog.getByTestId('about-edit'));
    const topic = await waitFor(() => screen.getByTestId('about-topic-field'));
    await user.clear(topic);
    await user.type(topic, 'Everything about mirrors');
    await user.click(screen.getByTestId('about-save'));
    await waitFor(() => expect(dialog.getByTestId('about-topic').textContent).toBe('Everything about mirrors'));
    expect(fake.outbox.map(({ what }) => what)).toContain('edit_conversation');
    expect(told()).toEqual([]);
  });

  test('are for owner and admins: a member only looks', async () => {
    const { dialog } = await open(world('member'));
    expect(dialog.queryByTestId('about-edit')).toBeNull();
    expect(dialog.queryByTestId('about-add')).toBeNull();
    expect(dialog.queryByTestId('member-more')).toBeNull();
    dialog.getByTestId('about-leave');
  });

  test('a refusal is said, and what was typed stays', async () => {
    const { fake, user, dialog } = await open();
    await user.click(dialog.getByTestId('about-edit'));
    fake.failNext('edit_conversation', { code: 'disk_full', message: 'The disk is full.' });
    await user.type(await waitFor(() => screen.getByTestId('about-topic-field')), ' and more');
    await user.click(screen.getByTestId('about-save'));
    await waitFor(() => screen.getByText('The disk is full.'));
    expect(screen.getByTestId<HTMLInputElement>('about-topic-field').value).toContain('and more');
  });
});

describe('who is in it', () => {
  test('becomes an admin and a member again', async () => {
    const { fake, user } = await open();
    for (const [act, role] of [['member-admin', 'admin'], ['member-member', 'member']] as const) {
      await user.click(member('maren').getByTestId('member-more'));
      await user.click(await waitFor(() => screen.getByTestId(act)));
      await waitFor(() => expect(fake.called('set_member_role').at(-1)).toEqual({ conversation: TALK, member: 'u-maren', role }));
      await settled();
    }
    expect(screen.queryByTestId('member-hand_over')).toBeNull();
    expect(told()).toEqual(['You made Maren Solberg an admin.', 'You made Maren Solberg a member again.']);
  });

  test('says since when, and the dialog when it was made and by whom', async () => {
    const { fake, user, dialog } = await open();
    expect(member('maren').getByTestId('member-since').textContent).toMatch(/^Member since .*2026$/);
    expect(dialog.getByTestId('made').textContent).toMatch(/^Created on .*2026 by you$/);
    fake.goOffline();
    await user.click(dialog.getByTestId('about-add'));
    await user.type(await waitFor(() => screen.getByTestId('create-people')), 'luc');
    await user.click(await waitFor(() => within(screen.getByTestId('about-adding')).getByRole('checkbox')));
    await user.click(screen.getByTestId('about-add-go'));
    await waitFor(() => expect(member('lucia').queryByTestId('member-since')).toBeNull());
  });

  test('and who made it is named, where that is known', async () => {
    const { dialog, fake } = await open(world('admin'));
    expect(dialog.getByTestId('made').textContent).toMatch(/^Created on .*2026 by Maren Solberg$/);
    fake.members.set(TALK, [{ person: ME, role: 'admin', joined_at: MADE_AT, waiting: false }]);
    fake.changed(TALK);
    await waitFor(() => expect(dialog.getByTestId('made').textContent).toMatch(/^Created on .*2026$/));
  });

  test('is taken out once that was asked about', async () => {
    const { fake, user } = await open();
    await user.click(member('maren').getByTestId('member-more'));
    await user.click(await waitFor(() => screen.getByTestId('member-remove')));
    await user.click(await waitFor(() => screen.getByTestId('about-go')));
    await waitFor(() => expect(screen.getAllByTestId('group-member')).toHaveLength(2));
    expect(fake.called('remove_member')).toEqual([{ conversation: TALK, member: 'u-maren' }]);
  });

  test('an admin takes out members alone', async () => {
    await open(world('admin'));
    expect(member('maren').queryByTestId('member-more')).toBeNull();
    expect(member('elin.brandt').queryByTestId('member-more')).toBeNull();
    member('idris').getByTestId('member-more');
  });

  test('is joined by others', async () => {
    const { fake, user, dialog } = await open();
    await user.click(dialog.getByTestId('about-add'));
    await user.type(await waitFor(() => screen.getByTestId('create-people')), 'luc');
    await user.click(await waitFor(() => within(screen.getByTestId('about-adding')).getByRole('checkbox')));
    await user.click(screen.getByTestId('about-add-go'));
    await waitFor(() => expect(fake.called('add_members')).toEqual([{ conversation: TALK, people: ['u-lucia'] }]));
    await waitFor(() => member('lucia'));
  });

  test('ticks whom Enter finds, and nobody by the Enter of an input method', async () => {
    const { user, dialog } = await open();
    await user.click(dialog.getByTestId('about-add'));
    const query = await waitFor(() => screen.getByTestId('create-people'));
    await user.type(query, 'luc');
    const box = () => within(screen.getByTestId('about-adding')).getByRole<HTMLInputElement>('checkbox');
    await waitFor(box);
    await fireEvent.keyDown(query, { key: 'Enter', keyCode: 229 });
    await settled();
    expect(box().checked).toBe(false);
    await fireEvent.keyDown(query, { key: 'Enter' });
    await waitFor(() => expect(box().checked).toBe(true));
  });

  test('leaves: the conversation goes, and so does what was about it', async () => {
    const { fake, user, dialog } = await open();
    await user.click(dialog.getByTestId('about-leave'));
    await user.click(await waitFor(() => screen.getByTestId('about-go')));
    await waitFor(() => expect(screen.queryByTestId('about-dialog')).toBeNull());
    expect(fake.called('remove_member')).toEqual([{ conversation: TALK, member: ME.user }]);
    expect(view.conversation).toBeNull();
    await waitFor(() => expect(conversations.items.map(({ id }) => id)).not.toContain(TALK));
  });

  test('is put out: what was about it closes', async () => {
    const { fake } = await open();
    fake.members.set(TALK, []);
    fake.changed(TALK);
    await waitFor(() => expect(screen.queryByTestId('about-dialog')).toBeNull());
  });
});

describe('what happened to it', () => {
  const somebody = (name: string, more: Partial<HappenedTo> = {}): HappenedTo => ({ user: `u-${name}`, me: false, deleted: false, name, ...more });
  const me = somebody('Elin Brandt', { me: true });

  test.each<[HappenedView, string]>([
    [{ event: 'edited', name: true, topic: false }, 'Maren Solberg gave this conversation another name.'],
    [{ event: 'edited', name: false, topic: true }, 'Maren Solberg changed the topic.'],
    [{ event: 'edited', name: true, topic: true }, 'Maren Solberg changed the name and the topic.'],
    [{ event: 'history_set', shared: true }, 'Maren Solberg lets newcomers see what was said before.'],
    [{ event: 'history_set', shared: false }, 'Maren Solberg keeps from newcomers what was said before.'],
    [{ event: 'added', people: [somebody('Ada'), me] }, 'Maren Solberg added you and Ada.'],
    [{ event: 'added', people: ['A', 'B', 'C', 'D', 'E'].map((name) => somebody(name)) }, 'Maren Solberg added A, B, C, and 2 others.'],
    [{ event: 'removed', person: somebody('', { deleted: true }), heir: null }, 'Maren Solberg removed Deleted account.'],
    [{ event: 'removed', person: somebody(''), heir: me }, 'Maren Solberg removed somebody. You own it now.'],
    [{ event: 'left', heir: somebody('Ada') }, 'Maren Solberg left. Ada owns it now.'],
    [{ event: 'role_set', person: me, role: 'admin' }, 'Maren Solberg made you an admin.'],
    [{ event: 'role_set', person: me, role: 'member' }, 'Maren Solberg made you a member again.'],
    [{ event: 'unknown' }, 'Something happened here that this version of Hearth cannot tell. Update Hearth to read it.'],
  ])('is told in words: %j', async (happened, words) => {
    const fake = world();
    happens(fake, TALK, 'u-maren', happened);
    await openConversation(fake, TALK);
    expect(told()).toEqual([words]);
  });

  test('is nobody\'s unread, is no last message, and nothing can be done to it', async () => {
    const fake = world();
    const talk = fake.find(TALK);
    talk.read_pos = talk.messages.length;
    const user = await openConversation(fake, TALK);
    const shown = messages().length;
    const before = (await row(TALK)).textContent;
    happens(fake, TALK, 'u-maren', { event: 'left', heir: null });
    await waitFor(() => expect(told()).toHaveLength(1));
    expect(messages()).toHaveLength(shown);
    expect((await row(TALK)).textContent).toBe(before);
    expect(screen.queryByTestId('unread-line')).toBeNull();
    const line = screen.getByTestId('happened');
    await user.pointer({ target: line, keys: '[MouseRight]' });
    expect(screen.queryByTestId('message-menu')).toBeNull();
    // The keys that choose what to answer pass it.
    await user.click(screen.getByTestId('composer'));
    await user.keyboard('{Control>}{ArrowUp}{/Control}');
    await waitFor(() => screen.getByTestId('reply-bar'));
    expect(screen.getByTestId('reply-bar').textContent).not.toContain('left');
  });
});

describe('deleting it for everybody', () => {
  test('wants its name typed, and takes it from the list', async () => {
    const { fake, user, dialog } = await open();
    await user.click(await dialog.findByTestId('about-delete'));
    const go = await waitFor(() => screen.getByTestId<HTMLButtonElement>('about-delete-go'));
    expect(go.disabled).toBe(true);
    await user.type(screen.getByTestId('about-delete-name'), 'first');
    expect(go.disabled).toBe(true);
    await user.type(screen.getByTestId('about-delete-name'), '-light');
    await user.click(go);
    expect(fake.called('delete_conversation')).toEqual([{ conversation: TALK }]);
    await waitFor(() => expect(screen.queryByTestId('about-dialog')).toBeNull());
    expect(view.conversation).toBeNull();
    await waitFor(() => expect(conversations.items.map(({ id }) => id)).not.toContain(TALK));
  });

  test('is not offered to who does not own it', async () => {
    const { dialog } = await open(world('admin'));
    await settled();
    expect(dialog.queryByTestId('about-delete')).toBeNull();
  });
});

describe('what newcomers see', () => {
  test('is changed by a switch, and told in the timeline', async () => {
    const { fake, user, dialog } = await open();
    const knob = await dialog.findByTestId('about-history-switch');
    expect(knob.getAttribute('aria-checked')).toBe('true');
    await user.click(knob);
    expect(fake.called('set_shared_history')).toEqual([{ conversation: TALK, on: false }]);
    await waitFor(() => expect(knob.getAttribute('aria-checked')).toBe('false'));
    await waitFor(() => expect(told()).toEqual(['You keep from newcomers what was said before.']));
  });

  test('is not for members to change', async () => {
    const { dialog } = await open(world('member'));
    await settled();
    expect(dialog.queryByTestId('about-history-switch')).toBeNull();
  });
});
