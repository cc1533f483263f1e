/** How I have my conversations: pinned, put away, muted. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { openConversation, openPage, row, scenario } from './page';

const names = () => screen.queryAllByTestId('conversation-row').map((line) => line.dataset.name);

// The virtual list keeps its lines hidden until it has measured them, which never happens here: nothing in them has a role.
const sign = async (id: string, name: string) => (await row(id)).querySelector(`[aria-label="${name}"]`);

async function menuOf(user: Awaited<ReturnType<typeof openPage>>, id: string) {
  await user.pointer({ target: await row(id), keys: '[MouseRight]' });
  return waitFor(() => screen.getByTestId('conversation-menu'));
}

describe('the menu of a conversation', () => {
  test('pins above what is newer, and takes it down again', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const menu = await menuOf(user, 'c-noor');
    await user.click(within(menu).getByTestId('menu-pin'));
    await waitFor(() => expect(names()[0]).toBe('Noor Haddad'));
    expect(await sign('c-noor', 'Pinned')).not.toBeNull();
    fake.receive('c-maren', 'u-maren', 'news');
    await waitFor(() => expect(names()[1]).toBe('Maren Solberg'));
    expect(names()[0]).toBe('Noor Haddad');
    await user.click(within(await menuOf(user, 'c-noor')).getByText('Unpin'));
    await waitFor(() => expect(names()[0]).toBe('Maren Solberg'));
  });

  test('puts away; another message brings it back, and so does the way back in the toast', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await user.click(within(await menuOf(user, 'c-noor')).getByTestId('menu-archive'));
    await waitFor(() => expect(names()).not.toContain('Noor Haddad'));
    await user.click(screen.getByText('Undo'));
    await waitFor(() => expect(names()).toContain('Noor Haddad'));
    await user.click(within(await menuOf(user, 'c-noor')).getByTestId('menu-archive'));
    await user.click(screen.getByTestId('filter-archived'));
    await waitFor(() => expect(names()).toEqual(['Noor Haddad']));
    fake.receive('c-noor', 'u-noor', 'still there?');
    await waitFor(() => screen.getByText('Nothing is put away'));
    await user.click(screen.getByText('Show all'));
    await waitFor(() => expect(names()[0]).toBe('Noor Haddad'));
  });

  test('mutes for a time, says so on the line, and unmutes', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await user.click(within(await menuOf(user, 'c-noor')).getByText('Mute for 8 hours'));
    await waitFor(async () => expect(await sign('c-noor', 'Muted')).not.toBeNull());
    const { change } = fake.called('arrange_conversation').at(-1) ?? { change: { muted: null } };
    expect('muted' in change && (change.muted ?? 0) - Date.now()).toBeGreaterThan(7.9 * 3_600_000);
    await user.click(within(await menuOf(user, 'c-noor')).getByText('Unmute'));
    await waitFor(async () => expect(await sign('c-noor', 'Muted')).toBeNull());
  });

  test('says of what one is told, from the open conversation by keys', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-noor');
    screen.getByTestId('conversation-more').focus();
    await user.keyboard('{Enter}');
    const menu = await waitFor(() => screen.getByTestId('conversation-menu'));
    const levels = () => within(menu).getAllByRole('menuitemradio', { hidden: true }).map((item) => item.getAttribute('aria-checked'));
    expect(levels()).toEqual(['true', 'false', 'false']);
    await user.click(within(menu).getByText('Only when I am mentioned'));
    await waitFor(() => expect(fake.called('arrange_conversation')).toEqual([{ conversation: 'c-noor', change: { level: 'mentions' } }]));
  });
});
