import { expect, test } from 'vitest';
import { begun, peopleIn } from './offers';

test('a name begins with an at sign that begins a word', () => {
  for (const [text, typed] of [['@', ''], ['hi @ma', 'ma'], ['(@Øy', 'Øy'], ['\n@a.b-c', 'a.b-c'], ['**@x', 'x'], ['see #pl', 'pl'], ['(#', '']] as const) {
    expect(begun(text, text.length), text).toEqual({ at: text.search(/[@#]/), sign: text.includes('#') ? '#' : '@', typed });
  }
  for (const text of ['', 'ma', 'a@ma', '@@ma', 'a#ma', '##', '@#', '@ma ', '@ ', 'https://x.example/@ma', `@${'a'.repeat(33)}`]) expect(begun(text, text.length), text).toBeNull();
  expect(begun('@maren, yes', 3)).toEqual({ at: 0, sign: '@', typed: 'ma' });
});

test('an emoji begins with a colon that begins a word, and two letters or a whole sign', () => {
  for (const [text, typed] of [[':sm', 'sm'], ['well :thumbs_up', 'thumbs_up'], ['(:+1', '+1'], [':-1', '-1'], ['\n:a1', 'a1'], ['：犬', '犬'], [':é', 'é']] as const) {
    expect(begun(text, text.length), text).toEqual({ at: text.search(/[:：]/), sign: ':', typed });
  }
  for (const text of [':', ':s', ':D', ':)', ':-)', '10:30', 'at 10:3', 'note:so', 'https://x', '::sm', ':sm:', ': sm', '午後：犬', 'mailto:me@x']) expect(begun(text, text.length), text).toBeNull();
});

test('a command begins with a slash that begins a text in which nothing else stands', () => {
  for (const [text, typed] of [['/', ''], ['/to', 'to'], ['/كتم', 'كتم']] as const) expect(begun(text, text.length, true), text).toEqual({ at: 0, sign: '/', typed });
  for (const text of ['//', ' /to', 'a /to', '/to ', '/etc/hosts', '\n/to']) expect(begun(text, text.length, true), text).toBeNull();
  expect(begun('/to and more', 3, true)).toBeNull();
  expect(begun('/to', 3)).toBeNull();
});

test('people are found by what their names begin with', () => {
  const find = peopleIn([
    { user: '1', username: 'maren', name: 'Lucía Ferrer' },
    { user: '2', username: 'x', name: 'Maximiliana zu Brandenburg' },
  ]);
  const found = (typed: string) => find(typed).map(({ key }) => key);
  expect([found(''), found('MA'), found('lucia'), found('zu'), found('ren')]).toEqual([['1', '2'], ['1', '2'], ['1'], ['2'], []]);
});
