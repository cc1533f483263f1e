import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import * as limits from '../src/lib/limits';
import { ICONS } from '../src/shared/icons';

const root = join(__dirname, '../src');
const files = readdirSync(root, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && /\.(svelte|ts|css)$/.test(entry.name) && !entry.parentPath.includes('generated'))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));

function having(pattern: RegExp, except: RegExp = /^$/): string[] {
  return files.filter(({ path, text }) => !except.test(path) && pattern.test(text)).map(({ path }) => path);
}

test('people’s words never become markup', () => {
  expect(having(/\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/)).toEqual([]);
});

test('only lib/backend knows the shell', () => {
  expect(having(/@tauri-apps|__TAURI__/, /^lib\/backend\//)).toEqual([]);
});

test('the fake is reached from tests and from the development start only', () => {
  expect(having(/backend\/fake/, /^lib\/backend\/fake\/|\.test\.ts$/)).toEqual(['main.ts']);
});

test('no style attributes: the content security policy refuses them', () => {
  expect(having(/<[a-z][^>]*\sstyle=/)).toEqual([]);
});

test('nothing is placed left or right: the layout mirrors', () => {
  const physical = /(^|[\s{;])((margin|padding|border)-(left|right|top|bottom)|left|right|top|bottom|width|height)\s*:\s*[^;{}]*;/m;
  const offending = files.filter(({ path, text }) => {
    const css = path.endsWith('.css') ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '');
    return physical.test(css);
  });
  expect(offending.map(({ path }) => path)).toEqual([]);
});

test('every style is in a layer', () => {
  const loose = files.filter(({ path, text }) => path.endsWith('.svelte') && /<style>\s*(?!@layer|@media)\S/.test(text));
  expect(loose.map(({ path }) => path)).toEqual([]);
});

test('the sprite has the icons that are used, and no others', () => {
  const all = files.map(({ path, text }) => (path === 'shared/icons.ts' ? '' : text)).join('\n');
  expect(ICONS.filter((name) => !new RegExp(`['"]${name}['"]`).test(all))).toEqual([]);
});

test('the limits are those of the protocol', () => {
  const rust = readFileSync(join(__dirname, '../../crates/protocol/src/limits.rs'), 'utf8');
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value !== 'number') continue;
    const found = new RegExp(`pub const ${name}: \\w+ = ([\\d_]+);`).exec(rust)?.[1];
    expect([name, Number(found?.replaceAll('_', ''))]).toEqual([name, value]);
  }
});

test('files stay small enough to be read', () => {
  expect(files.filter(({ text }) => text.split('\n').length > 400).map(({ path }) => path)).toEqual([]);
});
