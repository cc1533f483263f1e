import { expect, test, vi } from 'vitest';
import { t, worded } from '../src/lib/words';

// A language that lacks words: those that there are have all of them.
vi.mock('../src/lib/language.svelte', () => ({
  FALLBACK: 'en',
  hasRtl: () => false,
  language: { tag: 'ja', locale: 'ja', dir: 'ltr' },
  filesOf: (tag: string) => (tag === 'en' ? ['one = One { $name }\ntwo = Two\nproblem-odd = Odd.\n'] : ['two = 二\nproblem-disk-full = 満杯です。\n']),
}));

test('what a language lacks is said in English', () => {
  expect(t('two')).toBe('二');
  expect(t('one', { name: 'Ada' })).toBe('One Ada');
  expect(t('three')).toBe('three');
});

test('a problem without words in the language stays as it was told', () => {
  expect(worded({ code: 'disk_full', message: 'The disk is full.' })).toEqual({ code: 'disk_full', message: '満杯です。' });
  expect(worded({ code: 'odd', message: 'Something odd: 7.' })).toEqual({ code: 'odd', message: 'Something odd: 7.' });
});
