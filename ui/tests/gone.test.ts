/** A conversation that goes from under whoever has it open. */
import { screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { conversations } from '../src/state/conversations.svelte';
import { view } from '../src/state/view.svelte';
import { openConversation, scenario, settled } from './page';

const composer = () => screen.getByTestId('composer') as HTMLTextAreaElement;

test('is left for the list, with its name and what was being written', async () => {
  const fake = scenario('everyday');
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'half a thought');
  fake.conversations = fake.conversations.filter(({ id }) => id !== 'c-maren');
  fake.emit({ kind: 'conversations' });
  await waitFor(() => screen.getByText(/^“Maren Solberg” is not here any more/));
  expect([view.conversation, screen.queryByTestId('composer'), conversations.find('c-maren')]).toEqual([null, null, undefined]);
  await user.click(screen.getByRole('button', { name: 'Copy text' }));
  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('half a thought'));
});

test('is not left when only its line goes: it is archived, or not what the list is narrowed to', async () => {
  const fake = scenario('everyday');
  await openConversation(fake, 'c-maren');
  const { arranged, messages } = fake.find('c-maren');
  arranged.archived_to = messages.length;
  fake.changed('c-maren');
  await waitFor(() => expect(conversations.items.some(({ id }) => id === 'c-maren')).toBe(false));
  await waitFor(() => expect(fake.called('list_conversations').some(({ filter }) => filter === 'archived')).toBe(true));
  await settled();
  expect(view.conversation).toBe('c-maren');
  composer();
});
