/** Marking as unread, and reading by keys. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { goTo } from '../src/state/view.svelte';
import { openConversation, openPage, row, scenario } from './page';

const unread = async (id: string) => (await row(id)).querySelector('.badge')?.textContent ?? '';
const receive = (fake: Fake, conversation: string, sender: string, text: string) => {
  fake.receive(conversation, sender, text);
  return fake.find(conversation).messages.length;
};
const line = () => document.querySelector('[data-row="unread"]');
const message = (text: string) => {
  const found = screen.getAllByTestId('message').find((shown) => shown.textContent.includes(text));
  if (!found) throw new Error(`there is no message "${text}"`);
  return found;
};

describe('marking as unread', () => {
  test('from a message on, by its menu: what is looked at stays unread until one comes back', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const last = receive(fake, 'c-maren', 'u-maren', 'read me twice');
    await waitFor(() => expect(fake.called('mark_read').at(-1)?.pos).toBe(last), { timeout: 2_000 });
    expect(line()).toBeNull();
    await user.pointer({ target: message('read me twice'), keys: '[MouseRight]' });
    await user.click(within(screen.getByTestId('message-menu')).getByTestId('menu-unread'));
    await waitFor(() => expect(line()).not.toBeNull());
    const told = fake.called('mark_read').length;
    fake.receive('c-maren', 'u-maren', 'and me');
    await waitFor(() => message('and me'));
    await new Promise((resume) => setTimeout(resume, 600));
    expect(fake.called('mark_read')).toHaveLength(told);
    expect(fake.find('c-maren').read_pos).toBe(last - 1);

    goTo.conversation('c-noor');
    await waitFor(() => expect(screen.getByTestId('timeline').dataset.conversation).toBe('c-noor'));
    goTo.conversation('c-maren');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(last + 1), { timeout: 2_000 });
  });

  test('by keys, and Esc reads it all', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const last = receive(fake, 'c-maren', 'u-maren', 'by keys');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(last), { timeout: 2_000 });
    message('by keys').focus();
    await user.keyboard('u');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(last - 1));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(last));
    await waitFor(() => expect(line()).toBeNull());
  });

  test('happens by hand alone where one wants that, and looking is enough again afterwards', async () => {
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, read_by_looking: false };
    const user = await openConversation(fake, 'c-maren');
    const before = fake.find('c-maren').read_pos;
    const last = receive(fake, 'c-maren', 'u-maren', 'only looked at');
    await waitFor(() => message('only looked at'));
    await new Promise((resume) => setTimeout(resume, 600));
    expect(fake.called('mark_read')).toEqual([]);
    expect(fake.find('c-maren').read_pos).toBe(before);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(last));

    await user.click(screen.getByTestId('open-settings'));
    await user.click(await waitFor(() => screen.getByTestId('set-read')));
    await waitFor(() => expect(fake.settings.read_by_looking).toBe(true));
    await user.keyboard('{Escape}');
    goTo.conversation('c-maren');
    const next = receive(fake, 'c-maren', 'u-maren', 'looked at again');
    await waitFor(() => expect(fake.find('c-maren').read_pos).toBe(next), { timeout: 2_000 });
  });

  test('mine cannot be', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const mine = screen.getAllByTestId('message').find((shown) => shown.dataset.mine === 'true');
    await user.pointer({ target: mine as HTMLElement, keys: '[MouseRight]' });
    expect(within(screen.getByTestId('message-menu')).queryByTestId('menu-unread')).toBeNull();
  });

  test('in the list, there and back', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const menu = async () => {
      await user.pointer({ target: await row('c-maren'), keys: '[MouseRight]' });
      return waitFor(() => screen.getByTestId('conversation-menu'));
    };
    fake.receive('c-maren', 'u-maren', 'for later');
    await waitFor(async () => expect(await unread('c-maren')).not.toBe(''));
    await user.click(within(await menu()).getByText('Mark as read'));
    await waitFor(async () => expect(await unread('c-maren')).toBe(''));
    await user.click(within(await menu()).getByText('Mark as unread'));
    await waitFor(async () => expect(await unread('c-maren')).toContain('1'));
  });

  test('says so where there is nothing of somebody else', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    fake.find('c-maren').messages = fake.find('c-maren').messages.filter((shown) => shown.sender === 'u-elin');
    fake.changed('c-maren');
    await user.pointer({ target: await row('c-maren'), keys: '[MouseRight]' });
    await user.click(within(await waitFor(() => screen.getByTestId('conversation-menu'))).getByText('Mark as unread'));
    await waitFor(() => screen.getByText('There is no message of somebody else here that could be unread.'));
  });
});

test('Shift+PgUp goes to the first unread message', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  expect(line()).toBeNull();
  await user.keyboard('{Shift>}{PageUp}{/Shift}');
  expect(line()).toBeNull();
  fake.call('mark_unread', { conversation: 'c-maren', from: null });
  await waitFor(() => expect(line()).not.toBeNull());
  await user.keyboard('{Shift>}{PageUp}{/Shift}');
  expect(line()).not.toBeNull();
});
