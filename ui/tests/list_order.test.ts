/** The order of the list: chosen in its menu or in the settings, kept, and the same in each section. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { makeGroup } from '../src/lib/backend/fake/groups';
import { channel, group } from '../src/lib/backend/fake/model';
import { conversations } from '../src/state/conversations.svelte';
import { findings } from './axe';
import { openPage, row, scenario, settled } from './page';

const names = () => conversations.items.map(({ name }) => name);
const shown = () => screen.queryAllByTestId('conversation-row').map((line) => line.dataset.name);

/** Read but for one, none of them pinned. */
function world(): Fake {
  const fake = scenario('everyday');
  for (const conversation of fake.conversations) {
    conversation.read_pos = conversation.messages.length;
    conversation.arranged.pinned_at = null;
  }
  return fake;
}

describe('the order of the list', () => {
  test('is chosen by keys alone, says which it is, and is kept', async () => {
    const fake = world();
    const user = await openPage(fake);
    await row('c-maren');
    screen.getByTestId('list-order').focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('list-order-newest')));
    expect(screen.getByTestId('list-order-newest').getAttribute('aria-checked')).toBe('true');
    expect(await findings()).toEqual([]);
    await user.keyboard('{End}{Enter}');
    await waitFor(() => expect(fake.settings.list_order).toBe('name'));
    await waitFor(() => expect(document.activeElement, 'back at the button').toBe(screen.getByTestId('list-order')));
    expect(screen.queryByTestId('list-order-menu')).toBeNull();
    await waitFor(() => expect(fake.called('list_conversations').at(-1)).toEqual({ filter: 'all', order: 'name', limit: 200 }));
    const wanted = fake.conversations.map(({ name }) => name).toSorted(new Intl.Collator('en-GB', { numeric: true }).compare);
    await waitFor(() => expect(names()).toEqual(wanted));
    expect(shown()).toEqual(wanted.slice(0, shown().length));
    document.body.replaceChildren();
    await openPage(fake);
    await waitFor(() => expect(names()).toEqual(wanted));
  });

  test('by name follows the language and counts numbers', async () => {
    const fake = world();
    fake.conversations = ['Zo\u00eb', 'eve 10', '\u00e9mile', 'Eve 9', 'zoe'].map((name, i) => group(`${i}`, name));
    fake.settings = { ...fake.settings, list_order: 'name' };
    await openPage(fake);
    await waitFor(() => expect(names()).toEqual(['\u00e9mile', 'Eve 9', 'eve 10', 'zoe', 'Zo\u00eb']));
    const asked = fake.called('list_conversations').length;
    fake.emit({ kind: 'settings', settings: { ...fake.settings, language: 'ja' } });
    await waitFor(() => expect(fake.called('list_conversations').length, 'asked again once the language is told').toBeGreaterThan(asked));
    fake.emit({ kind: 'settings', settings: { ...fake.settings, language: null } });
    await settled();
  });

  test('with the unread first leaves the others as they were, and follows what is read', async () => {
    const fake = world();
    fake.settings = { ...fake.settings, list_order: 'unread' };
    await openPage(fake);
    await row('c-maren');
    const before = names();
    const last = fake.conversations.find(({ name }) => name === before.at(-1));
    if (!last) throw new Error('an empty list');
    const second = before[1];
    fake.receive(last.id, 'u-noor', 'here I am');
    await waitFor(() => expect(names()).toEqual([last.name, ...before.slice(0, -1)]));
    last.read_pos = last.messages.length;
    fake.receive(fake.conversations.find(({ name }) => name === second)?.id ?? '', 'u-noor', 'me too');
    await waitFor(() => expect(names().slice(0, 2)).toEqual([second, last.name]));
    await settled();
  });

  test('leaves what is pinned above, and by Esc all as it was', async () => {
    const fake = world();
    const last = fake.conversations.map(({ name }) => name).toSorted(new Intl.Collator('en', { numeric: true }).compare).at(-1);
    const pinned = fake.conversations.find(({ name }) => name === last);
    if (!pinned) throw new Error('an empty list');
    pinned.arranged.pinned_at = 1;
    fake.settings = { ...fake.settings, list_order: 'name' };
    const user = await openPage(fake);
    await waitFor(() => expect(names()[0]).toBe(last));
    const before = names();
    await user.click(screen.getByTestId('list-order'));
    await waitFor(() => screen.getByTestId('list-order-menu'));
    await user.keyboard('{ArrowDown}{Escape}');
    await waitFor(() => expect(screen.queryByTestId('list-order-menu')).toBeNull());
    expect(document.activeElement).toBe(screen.getByTestId('list-order'));
    expect([names(), fake.settings.list_order]).toEqual([before, 'name']);
  });

  test('is that of each section, and is in the settings as well', async () => {
    const fake = world();
    const garden = makeGroup(fake, { name: 'Garden' });
    for (const name of ['tools', 'Attic', 'paths']) fake.conversations.push(channel(garden.id, name, name));
    fake.settings = { ...fake.settings, list_by_group: true };
    const user = await openPage(fake);
    await row('c-maren');
    await user.click(screen.getByTestId('open-settings'));
    await user.selectOptions(await waitFor(() => screen.getByTestId('set-list-order')), 'name');
    await waitFor(() => expect(fake.settings.list_order).toBe('name'));
    await waitFor(() => expect(conversations.sections?.at(-1)?.items.map(({ name }) => name)).toEqual(['Attic', 'paths', 'tools']));
  });

  test('that could not be kept is the one before', async () => {
    const fake = world();
    const user = await openPage(fake);
    await row('c-maren');
    fake.failNext('set_settings', { code: 'disk_full', message: 'The disk is full.' });
    const before = names();
    await user.click(screen.getByTestId('list-order'));
    await user.click(await waitFor(() => screen.getByTestId('list-order-name')));
    await waitFor(() => screen.getByText('The disk is full.'));
    await settled();
    expect(names()).toEqual(before);
  });
});
