/** The inbox: what people ask, what was missed, where something is unread. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { InboxItem } from '../src/lib/backend';
import { sayUnder } from '../src/lib/backend/fake/threads';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openPage, scenario } from './page';

const YUKI = { user: 'u-yuki', username: 'yuki', name: 'Yuki Tanabe' };
const asked = (id: string, note: string) => ({ id, person: YUKI, note, at: 1 });
const NOW = Date.now();
const TOLD: InboxItem[] = [
  { id: 'i-1', at: NOW + 3, read: false, what: { kind: 'friend_request', asked: asked('i-1', 'From the mountain'), status: 'pending' } },
  { id: 'i-2', at: NOW + 2, read: false, what: { kind: 'group_invitation', asked: asked('i-2', ''), group_name: 'ערב', status: 'pending' } },
  { id: 'i-3', at: NOW + 1, read: true, what: { kind: 'group_invitation', asked: asked('i-3', ''), group_name: 'Old walks', status: 'withdrawn' } },
  { id: 'i-4', at: 5, read: false, what: { kind: 'missed_call', conversation: 'c-maren', name: 'Maren Solberg' } },
];

async function openInbox(told: InboxItem[], name = 'everyday') {
  const fake = scenario(name);
  fake.told = told;
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-inbox')));
  await waitFor(() => screen.getByTestId('inbox-page'));
  return { fake, user };
}

const lines = () => screen.getAllByTestId('inbox-line');
const line = (at: number) => within(lines()[at] as HTMLElement);

describe('the inbox', () => {
  test('counts what was not read, newest first, with conversations among it', async () => {
    const { fake } = await openInbox(TOLD);
    await waitFor(() => expect(lines().length).toBeGreaterThan(TOLD.length));
    const unread = fake.lines('unread').length;
    expect(unread).toBeGreaterThan(0);
    expect(screen.getByTestId('inbox-badge').textContent).toContain('3');
    expect(screen.getByTestId('open-inbox').getAttribute('aria-label')).toBe('Inbox: 3 things you have not read');
    const kinds = lines().map((one) => one.dataset.kind);
    expect(kinds.slice(0, 3)).toEqual(['friend_request', 'group_invitation', 'group_invitation']);
    expect(kinds.filter((kind) => kind === 'messages').length).toBe(unread);
    expect(kinds.at(-1)).toBe('missed_call');
    line(0).getByText('From the mountain');
    line(2).getByText('Taken back');
    expect(line(2).queryByTestId('inbox-accept')).toBeNull();
    expect(await findings()).toEqual([]);
  });

  test('says what is new in threads where nothing else is unread', async () => {
    const { fake } = await openInbox([]);
    const place = fake.find('c-maren');
    place.read_pos = place.messages.length;
    const root = place.messages.at(-1);
    if (!root) throw new Error('nothing was said');
    root.under = { messages: [], following: true, read: 0 };
    sayUnder(fake, 'c-maren', root.id, 'u-maren', 'by train?');
    sayUnder(fake, 'c-maren', root.id, 'u-maren', 'or by boat');
    const about = () => lines().find((one) => one.textContent?.includes('Maren Solberg'));
    await waitFor(() => expect(about()?.textContent).toContain('2 new in threads'));
    expect(about()?.textContent).not.toContain('unread message');
  });

  test('what is asked is answered there, from the keyboard', async () => {
    const { fake, user } = await openInbox(TOLD);
    line(0).getByRole('button', { name: 'Accept Yuki Tanabe' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => line(0).getByText('You accepted'));
    expect(fake.called('answer_invitation')).toEqual([{ id: 'i-1', accept: true }]);
    expect(line(0).queryByTestId('inbox-accept')).toBeNull();
    await user.click(line(1).getByTestId('inbox-decline'));
    await waitFor(() => line(1).getByText('You declined'));
    expect(screen.getByTestId('inbox-badge').textContent).toContain('1');
  });

  test('an entry leads to what it is about, and is read by that', async () => {
    const { fake, user } = await openInbox(TOLD);
    await user.click(line(0).getByTestId('inbox-open'));
    await waitFor(() => screen.getByTestId('people-page'));
    expect(fake.called('read_notifications')).toEqual([{ ids: ['i-1'] }]);
    await user.click(screen.getByTestId('open-inbox'));
    await user.click(within(lines().at(-1) as HTMLElement).getByTestId('inbox-open'));
    expect([view.place, view.conversation]).toEqual(['conversations', 'c-maren']);
    await waitFor(() => expect(screen.getByTestId('inbox-badge').textContent).toContain('1'));
  });

  test('answers and the end of a group are told, and lead where there is something', async () => {
    const night = { user: 'u-noor', username: 'noor', name: 'Noor Haddad' };
    const { fake, user } = await openInbox([], 'groups');
    const garden = fake.groups[0]?.id ?? '';
    fake.told = [
      { id: 'n-1', at: NOW + 5, read: false, what: { kind: 'request_accepted', person: YUKI } },
      { id: 'n-2', at: NOW + 4, read: false, what: { kind: 'invitation_accepted', person: night, group: garden, group_name: 'Garden' } },
      { id: 'n-3', at: NOW + 3, read: false, what: { kind: 'group_deleted', group: 'g-gone', name: 'Dawn walks' } },
      { id: 'n-4', at: NOW + 2, read: false, what: { kind: 'invitation_accepted', person: night, group: 'g-gone', group_name: 'Dawn walks' } },
      { id: 'n-5', at: NOW + 1, read: true, what: { kind: 'conversation_deleted', conversation: 'c-gone', name: 'Old plans', person: night } },
    ];
    fake.emit({ kind: 'inbox' });
    await waitFor(() => line(0).getByText('Is your contact now'));
    line(1).getByText('Is in Garden now');
    line(2).getByText('Dawn walks');
    line(2).getByText('Its owner has deleted this group');
    line(4).getByText('Has deleted “Old plans”');
    expect(screen.queryByTestId('inbox-accept')).toBeNull();
    expect(await findings()).toEqual([]);
    line(2).getByTestId('inbox-open').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(fake.called('read_notifications')).toEqual([{ ids: ['n-3'] }]));
    expect(view.place, 'there is nothing to go to').toBe('inbox');
    line(3).getByTestId('inbox-open').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(view.place).toBe('people'));
    await user.click(screen.getByTestId('open-inbox'));
    line(1).getByTestId('inbox-open').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('group-dialog'));
    expect(view.group).toBe(garden);
  });

  test('is opened by a notification', async () => {
    const fake = scenario('everyday');
    fake.told = TOLD;
    await openPage(fake);
    await waitFor(() => screen.getByTestId('open-inbox'));
    fake.emit({ kind: 'open_inbox' });
    await waitFor(() => screen.getByTestId('inbox-page'));
  });

  test('all of it can be marked as read; messages stay unread where they are', async () => {
    const { fake, user } = await openInbox(TOLD);
    await user.click(screen.getByTestId('inbox-read-all'));
    expect(fake.called('read_notifications')).toEqual([{ ids: ['i-1', 'i-2', 'i-4'] }]);
    await waitFor(() => expect(screen.queryByTestId('inbox-badge')).toBeNull());
    expect(screen.queryByTestId('inbox-read-all')).toBeNull();
    expect(fake.lines('unread').length).toBeGreaterThan(0);
  });

  test('says so when there is nothing', async () => {
    await openInbox([], 'empty');
    await waitFor(() => screen.getByText('Nothing new'));
  });
});
