/** What a message said before it was edited. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { add } from '../src/lib/backend/fake/model';
import { edit } from '../src/lib/backend/fake/versions';
import type { PersonView } from '../src/lib/backend';
import { openConversation, scenario, settled } from './page';

/** Maren says something and changes it. */
function changed(fake: Fake, ...texts: [string, ...string[]]): string {
  const found = fake.find('c-maren');
  const message = add(found, 'u-maren', texts[0], 1_000);
  texts.slice(1).forEach((text, i) => edit(message, text, 2_000 + i));
  return message.id;
}

const row = (id: string) => {
  const found = document.querySelector<HTMLElement>(`[data-testid="message"][data-id="${id}"]`);
  if (!found) throw new Error(`no message ${id}`);
  return found;
};
const dialog = () => waitFor(() => screen.getByTestId('versions'));
/** The newest first, with what was added in + and what was removed in -, as it is marked. */
const shown = () =>
  screen.getAllByTestId('version-text').map((text) =>
    [...text.childNodes]
      .map((node) => {
        const own = node instanceof Element ? (node.lastChild?.textContent ?? '') : (node.textContent ?? '');
        return node.nodeName === 'INS' ? `+${own}+` : node.nodeName === 'DEL' ? `-${own}-` : own;
      })
      .join(''),
  );

describe('edit history', () => {
  test('the mark opens it: each version with its time, and what changed word by word', async () => {
    const fake = scenario('everyday');
    const id = changed(fake, 'see you at noon', 'see you at one', 'see you at two');
    const user = await openConversation(fake, 'c-maren');
    await user.click(within(row(id)).getByTestId('message-edited'));
    await dialog();
    await waitFor(() => expect(shown()).toEqual(['see you at -one-+two+', 'see you at -noon-+one+', 'see you at noon']));
    const titles = screen.getAllByTestId('version').map((version) => version.querySelector('h3')?.textContent ?? '');
    expect(titles.map((title) => title.split(' ')[0])).toEqual(['Edited', 'Edited', 'Sent']);
    expect(screen.queryByTestId('versions-problem')).toBeNull();
  });

  test('by its key and by the menu; a message that was never edited has none', async () => {
    const fake = scenario('everyday');
    const id = changed(fake, 'a', 'b');
    const plain = changed(fake, 'never edited');
    const user = await openConversation(fake, 'c-maren');
    row(plain).focus();
    await user.keyboard('h');
    await settled();
    expect(screen.queryByTestId('versions')).toBeNull();
    expect(within(row(plain)).queryByTestId('message-edited')).toBeNull();
    row(id).focus();
    await user.keyboard('h');
    await user.click(within(await dialog()).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByTestId('versions')).toBeNull());
    await user.pointer({ target: row(id), keys: '[MouseRight]' });
    await user.click(within(screen.getByTestId('message-menu')).getByTestId('menu-versions'));
    await dialog();
  });

  test('offline and never looked up: it says so, and asks again', async () => {
    const fake = scenario('everyday');
    const [seen, unseen] = [changed(fake, 'seen before', 'seen'), changed(fake, 'unseen before', 'unseen')];
    const user = await openConversation(fake, 'c-maren');
    const open = async (id: string) => {
      await user.click(within(row(id)).getByTestId('message-edited'));
      return dialog();
    };
    const close = async () => {
      await user.click(within(screen.getByTestId('versions')).getByRole('button', { name: 'Close' }));
      await waitFor(() => expect(screen.queryByTestId('versions')).toBeNull());
    };
    await open(seen);
    await waitFor(() => expect(shown()).toHaveLength(2));
    await close();
    fake.goOffline();
    await open(seen);
    await waitFor(() => expect(shown()).toEqual(['seen- before-', 'seen before']));
    expect(screen.queryByTestId('versions-problem')).toBeNull();
    await close();
    await open(unseen);
    await waitFor(() => expect(within(screen.getByTestId('versions-problem')).getByTestId('problem').dataset.code).toBe('offline'));
    expect(shown()).toEqual(['unseen']);
    await user.click(screen.getByTestId('versions-retry'));
    await waitFor(() => expect(fake.called('list_versions')).toHaveLength(4));
    expect(shown()).toEqual(['unseen']);
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(shown()).toHaveLength(2));
    expect(screen.queryByTestId('versions-problem')).toBeNull();
  });

  test('a message that is deleted meanwhile is taken off the screen', async () => {
    const fake = scenario('everyday');
    const id = changed(fake, 'a regretted word', 'a better word');
    const user = await openConversation(fake, 'c-maren');
    await user.click(within(row(id)).getByTestId('message-edited'));
    await waitFor(() => expect(shown()).toHaveLength(2));
    const message = fake.find('c-maren').messages.find((one) => one.id === id);
    Object.assign(message ?? {}, { content: { kind: 'deleted' } });
    fake.changed('c-maren');
    await waitFor(() => expect(screen.queryAllByTestId('version')).toHaveLength(0));
    expect(screen.getByTestId('versions').textContent).not.toContain('regretted');
    expect(within(screen.getByTestId('versions')).getByTestId('problem').dataset.code).toBe('message_gone');
  });

  test('an edit of mine that waits is the newest version', async () => {
    const fake = scenario('everyday');
    const mine = add(fake.find('c-maren'), 'u-elin', 'mine', 3_000).id;
    const user = await openConversation(fake, 'c-maren');
    fake.goOffline();
    row(mine).focus();
    await user.keyboard('e');
    const field = await waitFor(() => screen.getByTestId<HTMLTextAreaElement>('edit-text'));
    await user.clear(field);
    await user.type(field, 'mine now{Enter}');
    await waitFor(() => within(row(mine)).getByTestId('message-edited'));
    await user.click(within(row(mine)).getByTestId('message-edited'));
    await waitFor(() => expect(shown()).toEqual(['mine+ now+', 'mine']));
    expect(screen.getAllByTestId('version')[0]?.textContent).toContain('waiting to be sent');
  });

  test('markup is words', async () => {
    const fake = scenario('everyday');
    const id = changed(fake, '<b>bold</b>', '<img src=x onerror=alert(1)>');
    const user = await openConversation(fake, 'c-maren');
    await user.click(within(row(id)).getByTestId('message-edited'));
    await waitFor(() => expect(shown()).toHaveLength(2));
    expect(screen.getByTestId('versions').querySelector('b, img')).toBeNull();
    expect(shown()[1]).toBe('<b>bold</b>');
  });

  test('what somebody blocked wrote is not given away before it is asked for', async () => {
    const fake = scenario('everyday');
    const id = changed(fake, 'an unkind word', 'another');
    const maren = fake.people.find(({ user }) => user === 'u-maren') as PersonView;
    fake.friends.blocked = [maren];
    const user = await openConversation(fake, 'c-maren');
    expect(within(row(id)).queryByTestId('message-edited')).toBeNull();
    row(id).focus();
    await user.keyboard('h');
    await settled();
    expect(fake.called('list_versions')).toHaveLength(0);
    await user.click(within(row(id)).getByRole('button', { name: /show/i }));
    await user.click(await waitFor(() => within(row(id)).getByTestId('message-edited')));
    await waitFor(() => expect(shown()).toHaveLength(2));
  });
});
