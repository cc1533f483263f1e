/** Collections of messages, which are mine alone. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { iconOf, whatOf } from '../src/features/outbox/what';
import { collectionsOf } from '../src/lib/backend/fake/collections';
import type { Fake } from '../src/lib/backend/fake/fake';
import { entry } from '../src/lib/backend/fake/model';
import { messages, openConversation, openPage, scenario, settled } from './page';

function says(fake: Fake, conversation: string, text: string, sender = 'u-maren') {
  fake.receive(conversation, sender, text);
  const said = fake.find(conversation).messages.at(-1);
  if (!said) throw new Error('nothing was said');
  return said;
}
function made(fake: Fake, id: string, name: string, inside: [string, number][] = []) {
  collectionsOf(fake).push({ id, name, inside: new Map(inside) });
}
const message = (text: string) => {
  const found = messages().find((shown) => shown.textContent?.includes(text));
  if (!found) throw new Error(`there is no message "${text}"`);
  return found;
};
/** Enter, and again before the first has come to anything. */
async function twice(field: HTMLInputElement) {
  const { form } = field;
  if (!form) throw new Error('the field is in no form');
  await fireEvent.submit(form);
  await fireEvent.submit(form);
}
const lines = () => screen.queryAllByTestId('marked-line').map((line) => line.dataset.id);
const lists = (testid: string) => screen.queryAllByTestId(testid).map((button) => button.textContent?.trim());

describe('a message', () => {
  test('goes into a collection by its menu, also into one that is made there, and out again', async () => {
    const fake = scenario('everyday');
    made(fake, 'l-walks', 'Walks');
    const user = await openConversation(fake, 'c-maren');
    const said = says(fake, 'c-maren', 'bread with seeds');
    await waitFor(() => message('bread with seeds'));
    await user.pointer({ target: message('bread with seeds'), keys: '[MouseRight]' });
    await user.click(within(await waitFor(() => screen.getByTestId('message-menu'))).getByText('Add to collection…'));
    const dialog = within(await waitFor(() => screen.getByTestId('collect-dialog')));
    const walks = await waitFor(() => dialog.getByLabelText('Walks'));
    await user.click(walks);
    expect(fake.called('collect')).toEqual([{ collection: 'l-walks', conversation: 'c-maren', message: said.id, on: true }]);
    expect((dialog.getByTestId('collect-create') as HTMLButtonElement).disabled).toBe(true);
    await user.type(dialog.getByTestId('collect-name'), '  Recipes ');
    await user.click(dialog.getByTestId('collect-create'));
    await waitFor(() => expect((dialog.getByLabelText('Recipes') as HTMLInputElement).checked).toBe(true));
    expect(fake.called('create_collection')).toEqual([{ name: 'Recipes' }]);
    expect(collectionsOf(fake).map(({ inside }) => [...inside.keys()])).toEqual([[said.id], [said.id]]);
    await user.click(dialog.getByLabelText('Walks'));
    await waitFor(() => expect(collectionsOf(fake)[0]?.inside.size).toBe(0));
    await user.click(dialog.getByTestId('collect-done'));
    await waitFor(() => expect(screen.queryByTestId('collect-dialog')).toBeNull());
  });

  test('goes into one new collection, however often Enter is pressed', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    says(fake, 'c-maren', 'keep this');
    await waitFor(() => message('keep this'));
    message('keep this').focus();
    await user.keyboard('c');
    const name = await waitFor(() => screen.getByTestId<HTMLInputElement>('collect-name'));
    await user.type(name, 'Recipes');
    fake.latency_ms = 20;
    await twice(name);
    await waitFor(() => expect(name.value).toBe(''));
    expect(fake.called('create_collection')).toEqual([{ name: 'Recipes' }]);
    await waitFor(() => expect(collectionsOf(fake)[0]?.inside.size).toBe(1));
  });

  test('goes there by C, and not while it only waits', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    says(fake, 'c-maren', 'keep this');
    fake.enqueue('c-maren', 'still waiting');
    fake.changed('c-maren');
    await waitFor(() => message('still waiting'));
    message('still waiting').focus();
    await user.keyboard('c');
    expect(screen.queryByTestId('collect-dialog')).toBeNull();
    message('keep this').focus();
    await user.keyboard('c');
    const dialog = within(await waitFor(() => screen.getByTestId('collect-dialog')));
    await waitFor(() => dialog.getByText('You have no collections yet.'));
  });
});

describe('the starred place', () => {
  test('lists all stars, those of each conversation, and what I have collected', async () => {
    const fake = scenario('everyday');
    const [bread, walk, cake] = [says(fake, 'c-maren', 'bread'), says(fake, 'c-noor', 'a walk', 'u-noor'), says(fake, 'c-maren', 'cake')];
    [bread.starred_at, walk.starred_at] = [10, 20];
    made(fake, 'l-recipes', 'Recipes', [[bread.id, 30], [cake.id, 40]]);
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-starred'));
    await waitFor(() => expect(lines()).toEqual([walk.id, bread.id]));
    expect(lists('collection-made')).toEqual(['Recipes']);
    expect(screen.getAllByTestId('collection-conversation').map((button) => button.dataset.id)).toEqual(['c-noor', 'c-maren']);
    expect(screen.getByTestId('collection-all').getAttribute('aria-current')).toBe('true');
    expect(screen.queryByTestId('collection-rename')).toBeNull();

    await user.click(screen.getAllByTestId('collection-conversation')[1] as HTMLElement);
    await waitFor(() => expect(lines()).toEqual([bread.id]));
    await user.click(screen.getByTestId('collection-made'));
    await waitFor(() => expect(lines()).toEqual([cake.id, bread.id]));
    await user.click(screen.getAllByTestId('marked-off')[0] as HTMLElement);
    await waitFor(() => expect(lines()).toEqual([bread.id]));
    expect(fake.called('star')).toEqual([]);
    await user.click(screen.getByText('Undo'));
    await waitFor(() => expect(lines()).toHaveLength(2));
  });

  test('goes back to all stars where the last one of a conversation is off', async () => {
    const fake = scenario('everyday');
    const [bread, walk] = [says(fake, 'c-maren', 'bread'), says(fake, 'c-noor', 'a walk', 'u-noor')];
    [bread.starred_at, walk.starred_at] = [10, 20];
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-starred'));
    await waitFor(() => expect(lines()).toHaveLength(2));
    await user.click(screen.getAllByTestId('collection-conversation')[1] as HTMLElement);
    await waitFor(() => expect(lines()).toEqual([bread.id]));
    await user.click(screen.getByTestId('marked-off'));
    await waitFor(() => expect(lines()).toEqual([walk.id]));
    expect(screen.getByTestId('collection-all').getAttribute('aria-current')).toBe('true');
  });

  test('makes collections, gives them other names and deletes them', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-starred'));
    await user.click(await waitFor(() => screen.getByTestId('collection-new')));
    await user.type(await waitFor(() => screen.getByTestId('collection-name')), 'Recipes');
    await user.click(screen.getByTestId('collection-save'));
    await waitFor(() => expect(lists('collection-made')).toEqual(['Recipes']));
    await waitFor(() => screen.getByText('Nothing in this collection yet'));
    expect(screen.getByTestId('collection-made').getAttribute('aria-current')).toBe('true');

    await user.click(screen.getByTestId('collection-rename'));
    const name = (await waitFor(() => screen.getByTestId('collection-name'))) as HTMLInputElement;
    expect(name.value).toBe('Recipes');
    await user.clear(name);
    expect((screen.getByTestId('collection-save') as HTMLButtonElement).disabled).toBe(true);
    await user.type(name, 'Cakes');
    await user.click(screen.getByTestId('collection-save'));
    await waitFor(() => expect(lists('collection-made')).toEqual(['Cakes']));

    await user.click(screen.getByTestId('collection-delete'));
    const question = within(await waitFor(() => screen.getByTestId('delete-collection')));
    question.getByText('Delete “Cakes”?');
    await user.click(question.getByTestId('delete-collection-go'));
    await waitFor(() => screen.getByText('No starred messages yet'));
    expect(collectionsOf(fake)).toEqual([]);
  });

  test.each(['rename', 'delete'])('asks no more to %s what another device has deleted, nor asks it of another one', async (what) => {
    const fake = scenario('everyday');
    made(fake, 'l-recipes', 'Recipes');
    made(fake, 'l-walks', 'Walks');
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-starred'));
    await waitFor(() => expect(lists('collection-made')).toEqual(['Recipes', 'Walks']));
    await user.click(screen.getAllByTestId('collection-made')[0] as HTMLElement);
    await user.click(await waitFor(() => screen.getByTestId(`collection-${what}`)));
    const open = () => document.querySelector('[data-testid="name-collection"], [data-testid="delete-collection"]');
    await waitFor(() => expect(open()).not.toBeNull());
    collectionsOf(fake).shift();
    fake.emit({ kind: 'collections' });
    await waitFor(() => expect(lists('collection-made')).toEqual(['Walks']));
    await waitFor(() => expect(open()).toBeNull());
    await user.click(screen.getByTestId('collection-made'));
    await waitFor(() => screen.getByTestId(`collection-${what}`));
    await settled();
    expect(open()).toBeNull();
  });

  test('makes one collection, however often Enter is pressed', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-starred'));
    await user.click(await waitFor(() => screen.getByTestId('collection-new')));
    const name = await waitFor(() => screen.getByTestId<HTMLInputElement>('collection-name'));
    await user.type(name, 'Recipes');
    fake.latency_ms = 20;
    await twice(name);
    await waitFor(() => expect(screen.queryByTestId('name-collection')).toBeNull());
    await waitFor(() => expect(lists('collection-made')).toEqual(['Recipes']));
    expect(fake.called('create_collection')).toHaveLength(1);
  });

  test('hears of what another device does', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await user.click(screen.getByTestId('open-starred'));
    await waitFor(() => screen.getByText('No starred messages yet'));
    made(fake, 'l-recipes', 'Recipes');
    fake.emit({ kind: 'collections' });
    await waitFor(() => expect(lists('collection-made')).toEqual(['Recipes']));
  });
});

test('what waits is named in the outbox', () => {
  const some = { since_local: 0, name: 'Recipes', message_text: 'bread' };
  const what = (name: string) => whatOf(entry({ ...some, what: name }));
  expect(what('create_collection')).toBe('New collection “Recipes”');
  expect(what('rename_collection')).toBe('Rename a collection to “Recipes”');
  expect(what('delete_collection')).toBe('Delete a collection');
  expect(what('collect')).toBe('Add “bread” to “Recipes”');
  expect(whatOf(entry({ ...some, message_text: null, what: 'collect' }))).toBe('Add a message to “Recipes”');
  expect(what('take_out_of_collection')).toBe('Take a message out of “Recipes”');
  expect(iconOf(entry({ ...some, what: 'collect' }))).toBe('folder');
});
