/** Stars, which are mine alone, and pins, which are everybody's. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { ME } from '../src/lib/backend/fake/model';
import { goTo, view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openConversation, openPage, scenario } from './page';

const message = (text: string) => {
  const found = screen.getAllByTestId('message').find((shown) => shown.textContent.includes(text));
  if (!found) throw new Error(`there is no message "${text}"`);
  return found;
};
/** Somebody says something; gives back the message as the server has it. */
function says(fake: Fake, conversation: string, text: string, sender = 'u-maren') {
  fake.receive(conversation, sender, text);
  const said = fake.find(conversation).messages.at(-1);
  if (!said) throw new Error('nothing was said');
  return said;
}
async function menu(user: Awaited<ReturnType<typeof openPage>>, text: string) {
  await waitFor(() => message(text));
  await user.pointer({ target: message(text), keys: '[MouseRight]' });
  return within(await waitFor(() => screen.getByTestId('message-menu')));
}
const lines = () => screen.queryAllByTestId('marked-line').map((line) => line.dataset.id);

describe('a star', () => {
  test('is put on by the menu and by S, and taken off again', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const said = says(fake, 'c-maren', 'keep this');
    const shown = await menu(user, 'keep this');
    expect(shown.getByTestId('menu-star').textContent).toContain('Star');
    await user.click(shown.getByTestId('menu-star'));
    await waitFor(() => within(message('keep this')).getByTestId('message-starred'));
    expect(fake.called('star')).toEqual([{ conversation: 'c-maren', message: said.id, on: true }]);
    message('keep this').focus();
    await user.keyboard('s');
    await waitFor(() => expect(within(message('keep this')).queryByTestId('message-starred')).toBeNull());
    await user.keyboard('s');
    await waitFor(() => within(message('keep this')).getByTestId('message-starred'));
    const again = await menu(user, 'keep this');
    expect(again.getByTestId('menu-star').textContent).toContain('Remove star');
  });

  test('is on mine too, and not on what only waits or is deleted', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const mine = says(fake, 'c-maren', 'mine', ME.user);
    await waitFor(() => message('mine'));
    message('mine').focus();
    await user.keyboard('s');
    await waitFor(() => expect(mine.starred_at).not.toBeNull());
    fake.enqueue('c-maren', 'still waiting');
    fake.changed('c-maren');
    const waiting = await menu(user, 'still waiting');
    expect(waiting.queryByTestId('menu-star')).toBeNull();
    expect(waiting.queryByTestId('menu-message-pin')).toBeNull();
    const stars = fake.called('star').length;
    message('still waiting').focus();
    await user.keyboard('s');
    expect(fake.called('star')).toHaveLength(stars);
  });

  test('leads from the list of all stars to the message, in its place', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const [first, second] = [says(fake, 'c-maren', 'the older one\nwith two lines'), says(fake, 'c-noor', 'the newer one', 'u-noor')];
    [first.starred_at, second.starred_at] = [10, 20];
    await user.click(screen.getByTestId('open-starred'));
    await waitFor(() => expect(lines()).toEqual([second.id, first.id]));
    const [newer, older] = screen.getAllByTestId('marked-line') as [HTMLElement, HTMLElement];
    expect(newer.textContent).toContain('Noor');
    within(older).getByText('the older one');
    within(older).getByText('Maren Solberg', { selector: '.where *' });
    expect(await findings()).toEqual([]);

    await user.click(within(newer).getByTestId('marked-off'));
    await waitFor(() => expect(lines()).toEqual([first.id]));
    expect(second.starred_at).toBeNull();
    await user.click(screen.getByText('Undo'));
    await waitFor(() => expect(lines()).toHaveLength(2));
    await user.click(within(screen.getAllByTestId('marked-line').at(-1) as HTMLElement).getByTestId('marked-open'));
    expect([view.place, view.conversation, view.jump?.message]).toEqual(['conversations', 'c-maren', first.id]);
    await waitFor(() => expect(message('the older one').classList.contains('hit')).toBe(true));
  });

  test('is found by the palette, and where there is none that is said', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('switcher-query')), 'starred{Enter}');
    await waitFor(() => screen.getByTestId('starred-page'));
    await waitFor(() => screen.getByText('No starred messages yet'));
    await user.keyboard('{Escape}');
    expect(view.place).toBe('conversations');
  });

  test('on what is not on this computer says so, and opening it shows it as soon as it has come', async () => {
    const fake = scenario('everyday');
    const conversation = fake.find('c-maren');
    const first = conversation.messages[0];
    if (!first) throw new Error('nothing was said');
    first.starred_at = 1;
    conversation.known = [[conversation.messages.length - 2, Infinity]];
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-starred'));
    const line = await waitFor(() => screen.getByTestId('marked-line'));
    expect(line.dataset.here).toBe('false');
    within(line).getByText(/not on this computer yet/);
    await user.click(within(line).getByTestId('marked-open'));
    await waitFor(() => screen.getByText('This message is not on this computer yet.'));
    const shown = () => screen.queryAllByTestId('message').find((one) => one.dataset.id === first.id);
    expect(shown()).toBeUndefined();
    conversation.known = [[1, Infinity]];
    fake.changed('c-maren');
    await waitFor(() => expect(shown()?.classList.contains('hit')).toBe(true));
  });
});

describe('a pin', () => {
  test('stands over the timeline, leads to its message and is taken off in the list', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    expect(screen.queryByTestId('pin-bar')).toBeNull();
    const [first, second] = [says(fake, 'c-maren', 'noon at the well'), says(fake, 'c-maren', 'bring bread')];
    const one = await menu(user, 'noon at the well');
    await user.click(one.getByText('Pin for everybody'));
    await waitFor(() => within(message('noon at the well')).getByTestId('message-pinned'));
    const bar = within(await waitFor(() => screen.getByTestId('pin-bar')));
    bar.getByText('noon at the well');
    bar.getByText('Maren Solberg');
    expect(bar.queryByTestId('pin-next')).toBeNull();

    second.pin = { at: Date.now() + 1_000, by: 'u-maren' };
    fake.changed('c-maren');
    await waitFor(() => bar.getByText('bring bread'));
    bar.getByText('1 of 2');
    await user.click(bar.getByTestId('pin-next'));
    bar.getByText('noon at the well');
    await user.click(bar.getByTestId('pin-next'));
    bar.getByText('bring bread');
    await user.click(bar.getByTestId('pin-open'));
    await waitFor(() => expect(message('bring bread').classList.contains('hit')).toBe(true));
    expect(await findings()).toEqual([]);

    await user.click(bar.getByTestId('pins-all'));
    const dialog = within(await waitFor(() => screen.getByTestId('pins-dialog')));
    expect(lines()).toEqual([second.id, first.id]);
    dialog.getByText('pinned by Maren Solberg');
    await user.click(dialog.getAllByTestId('marked-off')[0] as HTMLElement);
    await waitFor(() => expect(lines()).toEqual([first.id]));
    await user.click(dialog.getByTestId('marked-open'));
    await waitFor(() => expect(screen.queryByTestId('pins-dialog')).toBeNull());
    expect(view.jump?.message).toBe(first.id);
    const last = await menu(user, 'noon at the well');
    await user.click(last.getByText('Unpin'));
    await waitFor(() => expect(screen.queryByTestId('pin-bar')).toBeNull());
  });

  test('is of its conversation alone', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    says(fake, 'c-maren', 'here').pin = { at: 5, by: 'u-maren' };
    fake.changed('c-maren');
    await waitFor(() => screen.getByTestId('pin-bar'));
    goTo.conversation('c-noor');
    await waitFor(() => expect(screen.getByTestId('timeline').dataset.conversation).toBe('c-noor'));
    await waitFor(() => expect(screen.queryByTestId('pin-bar')).toBeNull());
  });

  test('in a channel is for those who manage its group', async () => {
    const fake = scenario('groups');
    const channel = fake.conversations.find(({ kind }) => kind === 'channel');
    const home = fake.groups.find(({ id }) => id === channel?.home);
    if (!channel || !home) throw new Error('no channel');
    home.role = 'member';
    const user = await openConversation(fake, channel.id);
    says(fake, channel.id, 'me first').pin = { at: 5, by: 'u-maren' };
    fake.changed(channel.id);
    await waitFor(() => screen.getByTestId('pin-bar'));
    const shown = await menu(user, 'me first');
    shown.getByTestId('menu-star');
    expect(shown.queryByTestId('menu-message-pin')).toBeNull();
    await user.keyboard('{Escape}');
    await user.click(screen.getByTestId('pins-all'));
    const dialog = within(await waitFor(() => screen.getByTestId('pins-dialog')));
    dialog.getByTestId('marked-open');
    expect(dialog.queryByTestId('marked-off')).toBeNull();
    home.role = 'admin';
    fake.changed(channel.id);
    await waitFor(() => dialog.getByTestId('marked-off'));
  });
});
