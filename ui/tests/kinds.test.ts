/** What a message is, the backend says: the page draws it by that. */
import { waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { kindOf } from '../src/lib/backend/fake/kinds';
import { messages, openConversation, scenario } from './page';

test('a few emoji alone are shown large, and nothing else', async () => {
  const fake = scenario('everyday');
  await openConversation(fake, 'c-maren');
  for (const text of ['🔭🔥', 'look: 🔭', 'https://example.org/stars']) fake.receive('c-maren', 'u-maren', text);
  const shown = (text: string) => messages().find((message) => message.textContent?.includes(text));
  await waitFor(() => expect(shown('example.org/stars')).toBeDefined());
  expect(['🔭🔥', 'look: 🔭', 'example.org/stars'].map((text) => shown(text)?.classList.contains('emoji'))).toEqual([true, false, false]);
});

test('the fake tells kinds apart as Rust does', () => {
  const kind = (text: string) => kindOf({ kind: 'text', text });
  expect(['🔭', '🔭🔥', '👩‍🚀 🏳️‍🌈'].map(kind)).toEqual(['emoji', 'emoji', 'emoji']);
  expect(['🔭🔥🔭🔥', 'a🔭', '12', '', ' '].map(kind)).toEqual(['text', 'text', 'text', 'text', 'text']);
  expect(['https://example.org', 'see https://example.org'].map(kind)).toEqual(['link', 'text']);
  expect([kindOf({ kind: 'deleted' }), kindOf({ kind: 'unknown', name: 'poll' })]).toEqual([null, null]);
});
