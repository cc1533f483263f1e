import { expect, test } from 'vitest';
import { begun, matching } from './naming.svelte';

test('a name begins with an at sign that begins a word', () => {
  for (const [text, typed] of [['@', ''], ['hi @ma', 'ma'], ['(@Øy', 'Øy'], ['\n@a.b-c', 'a.b-c'], ['**@x', 'x'], ['see #pl', 'pl'], ['(#', '']] as const) {
    expect(begun(text, text.length), text).toEqual({ at: text.search(/[@#]/), typed });
  }
  for (const text of ['', 'ma', 'a@ma', '@@ma', 'a#ma', '##', '@#', '@ma ', '@ ', 'https://x.example/@ma', `@${'a'.repeat(33)}`]) expect(begun(text, text.length), text).toBeNull();
  expect(begun('@maren, yes', 3)).toEqual({ at: 0, typed: 'ma' });
});

test('people are found by what their names begin with', () => {
  const people = [
    { user: '1', username: 'maren', name: 'Lucía Ferrer' },
    { user: '2', username: 'x', name: 'Maximiliana zu Brandenburg' },
  ];
  const found = (typed: string) => matching(people, typed).map(({ user }) => user);
  expect([found(''), found('MA'), found('lucia'), found('zu'), found('ren')]).toEqual([['1', '2'], ['1', '2'], ['1'], ['2'], []]);
});
