import { expect, test } from 'vitest';
import { highlight } from './highlight';

const toned = async (code: string, language: string) => (await highlight(code, language))?.filter((piece) => piece.tone).map((piece) => [piece.tone, piece.text]);

test('code has five tones', async () => {
  expect(await toned('def f(x):  # note\n    return "a" + 12', 'py')).toEqual([
    ['key', 'def'],
    ['fn', 'f'],
    ['note', '# note'],
    ['key', 'return'],
    ['str', '"a"'],
    ['num', '12'],
  ]);
  expect(await toned('let a = true;', 'Rust')).toEqual([
    ['key', 'let'],
    ['num', 'true'],
  ]);
});

test('the pieces are the code, also where it is none', async () => {
  for (const language of ['bash', 'c++', 'html', 'yaml', 'sql', 'ts', 'diff', 'toml']) {
    for (const code of ['', '<script>alert(1)</script>', '"never closed', '}{)(', '\u202e日本\n\t`', 'a'.repeat(500)]) {
      expect((await highlight(code, language))?.map((piece) => piece.text).join('')).toBe(code);
    }
  }
});

test('what is not known, or too long, stays as it is', async () => {
  for (const name of ['klingon', '', '__proto__', 'constructor', 'tostring']) expect(await highlight('x', name)).toBeNull();
  expect(await highlight('1 '.repeat(5_000), 'js')).toBeNull();
});
