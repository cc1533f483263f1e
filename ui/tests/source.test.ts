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

test('nothing is aligned, floated or moved left or right, and no side is named by its place among four', () => {
  const sides = (value: string) => value.match(/(?:[^\s(]|\([^)]*\))+/g) ?? [];
  const physical = files.flatMap(({ path, text }) => {
    const css = path.endsWith('.css') ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '');
    const declared = [...css.matchAll(/([a-z-]+)\s*:\s*([^;{}]+);/g)].map(([, name = '', value = '']) => ({ name, value }));
    const wrong = declared.filter(({ name, value }) => {
      if (/^(text-align|float|clear)$/.test(name)) return /^(left|right)$/.test(value);
      if (/^(margin|padding|inset|border-width)$/.test(name)) return sides(value).length === 4 && sides(value)[1] !== sides(value)[3];
      return /^(transform|translate)$/.test(name) && /translateX|^-?[1-9.]/.test(value);
    });
    return wrong.map(({ name, value }) => `${path}: ${name}: ${value}`);
  });
  // Code runs left to right in every language, and the tick of a box is drawn with one corner of a turned square.
  expect(physical.toSorted()).toEqual(['features/timeline/text/CodeBlock.svelte: text-align: left', 'styles/base.css: border-width: 0 0 2px 2px']);
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

test('axe is shown every folder of components, by one file each', () => {
  const features = readdirSync(join(root, 'features')).map((name) => `features/${name}`);
  const draws = (folder: string) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.svelte'));
  const folders = [...features.filter(draws), 'shared'].sort();
  const shown = readdirSync(__dirname).filter((name) => name.startsWith('a11y_')).flatMap((name) => {
    const [, named = ''] = /^everyComponentOf\(([^)]*)\);$/m.exec(readFileSync(join(__dirname, name), 'utf8')) ?? [];
    return [...named.matchAll(/'([^']+)'/g)].map(([, folder = '']) => folder);
  });
  expect(shown.sort()).toEqual(folders);
});
