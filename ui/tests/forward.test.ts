/** Passing messages on. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { messages, openConversation, row, scenario, settled, texts } from './page';

const composer = () => screen.getByTestId('composer') as HTMLTextAreaElement;

function message(text: string): HTMLElement {
  const found = messages().find((one) => one.textContent?.includes(text));
  if (!found) throw new Error(`no message says ${text}`);
  return found;
}

const place = (id: string): HTMLElement => {
  const found = screen.getAllByTestId('forward-place').find((line) => line.dataset.id === id);
  if (!found) throw new Error(`${id} is not offered`);
  return found;
};

test('F on a message chooses where it goes, with a comment; both go, marked, and drafts there stay', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  fake.find('c-noor').draft = 'half a thought';
  const original = message('Same as on your drawing.');
  original.focus();
  await user.keyboard('f');
  const dialog = await waitFor(() => screen.getByTestId('forward'));
  expect(within(dialog).getByTestId('forward-text').textContent).toBe('Same as on your drawing.');
  await user.click(screen.getByTestId('forward-go'));
  await waitFor(() => within(dialog).getByText('Choose a conversation first.'));
  expect(fake.called('forward_message')).toEqual([]);
  await user.click(within(place('c-noor')).getByRole('checkbox'));
  await user.click(within(place('c-maren')).getByRole('checkbox'));
  await user.type(screen.getByTestId('forward-comment'), 'As she says');
  expect(screen.getByTestId('forward-go').textContent?.trim()).toBe('Forward to 2');
  await user.click(screen.getByTestId('forward-go'));
  await waitFor(() => expect(screen.queryByTestId('forward')).toBeNull());
  expect(fake.called('forward_message')).toEqual([
    { conversation: 'c-maren', message: original.dataset.id, to: ['c-noor', 'c-maren'], comment: 'As she says' },
  ]);
  await waitFor(() => screen.getByText('Forwarded to 2 conversations'));
  await waitFor(() => expect(texts().slice(-2)).toEqual(['Same as on your drawing.', 'As she says']));
  await user.click(screen.getByTestId('outbox-count'));
  const waiting = await waitFor(() => screen.getAllByTestId('outbox-item').find((item) => item.dataset.what === 'forward_message') as HTMLElement);
  within(waiting).getByText('Forward: Same as on your drawing.');
  within(waiting).getByTestId('outbox-discard');
  expect(within(waiting).queryByTestId('outbox-edit')).toBeNull();
  for (const item of [...fake.outbox]) fake.deliver(item.id);
  await user.click(await row('c-noor'));
  await waitFor(() => expect(texts().slice(-2)).toEqual(['Same as on your drawing.', 'As she says']));
  expect(within(messages().at(-2) as HTMLElement).getByTestId('message-forwarded').textContent).toBe('Forwarded');
  expect(within(messages().at(-1) as HTMLElement).queryByTestId('message-forwarded')).toBeNull();
  expect(composer().value).toBe('half a thought');
});

test('the search finds conversations by the keyboard alone, and what is ticked stays in sight', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  message('Same as on your drawing.').focus();
  await user.keyboard('f');
  const query = await waitFor(() => screen.getByTestId('forward-query') as HTMLInputElement);
  await waitFor(() => expect(document.activeElement).toBe(query));
  await user.keyboard('noor{Enter}');
  await waitFor(() => expect(query.value).toBe(''));
  await waitFor(() => expect((within(place('c-noor')).getByRole('checkbox') as HTMLInputElement).checked).toBe(true));
  await user.keyboard('nobody is called that');
  await waitFor(() => screen.getByText('No conversation is called “nobody is called that”.'));
  place('c-noor');
  expect(fake.called('forward_message')).toEqual([]);
});

test('every conversation is offered, whatever the list is narrowed to', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  await user.click(screen.getByTestId('filter-archived'));
  await waitFor(() => expect(screen.queryByTestId('list-skeleton')).toBeNull());
  message('Same as on your drawing.').focus();
  await user.keyboard('f');
  await waitFor(() => screen.getByTestId('forward'));
  await waitFor(() => place('c-noor'));
  place('c-maren');
});

test('what was forwarded can be deleted and passed on, and has no edit; what is deleted cannot be passed on', async () => {
  const fake = scenario('everyday');
  const mine = fake.find('c-maren').messages.findLast((one) => one.sender === 'u-elin');
  Object.assign(mine ?? {}, { forwarded: true });
  const gone = fake.find('c-maren').messages[0];
  Object.assign(gone ?? {}, { content: { kind: 'deleted' } });
  const user = await openConversation(fake, 'c-maren');
  const forwarded = messages().find((one) => one.dataset.id === mine?.id) as HTMLElement;
  within(forwarded).getByTestId('message-forwarded');
  forwarded.focus();
  await user.keyboard('e');
  await settled();
  expect(screen.queryByTestId('edit-text')).toBeNull();
  await user.pointer({ keys: '[MouseRight]', target: within(forwarded).getByTestId('message-text') });
  const menu = await waitFor(() => screen.getByTestId('message-menu'));
  expect(within(menu).queryByTestId('menu-edit')).toBeNull();
  within(menu).getByTestId('menu-delete');
  await user.click(within(menu).getByTestId('menu-forward'));
  await waitFor(() => screen.getByTestId('forward'));
  await user.click(screen.getByTestId('forward-cancel'));
  await waitFor(() => expect(screen.queryByTestId('forward')).toBeNull());
  messages().find((one) => one.dataset.id === gone?.id)?.focus();
  await user.keyboard('f');
  await settled();
  expect(screen.queryByTestId('forward')).toBeNull();
});

test('a refusal stays in the dialog with everything that was chosen', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  fake.failNext('forward_message', { code: 'disk_full', message: 'The disk is full.' });
  message('Same as on your drawing.').focus();
  await user.keyboard('f');
  await waitFor(() => screen.getByTestId('forward'));
  await user.click(within(place('c-noor')).getByRole('checkbox'));
  await user.click(screen.getByTestId('forward-go'));
  await waitFor(() => screen.getByText('The disk is full.'));
  expect((within(place('c-noor')).getByRole('checkbox') as HTMLInputElement).checked).toBe(true);
  await user.click(screen.getByTestId('forward-go'));
  await waitFor(() => screen.getByText('Forwarded'));
});
