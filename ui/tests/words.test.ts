import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';
import { t } from '../src/lib/words';

const ftl = readFileSync(join(__dirname, '../../locales/en/page.ftl'), 'utf8');
const keys = [...ftl.matchAll(/^([a-z][a-z0-9-]*) *=/gm)].map(([, key]) => key ?? '');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

const used = new Set(sources(join(__dirname, '../src')).flatMap((text) => [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key ?? '')));

test('every key that the page uses has words', () => {
  expect([...used].filter((key) => !keys.includes(key))).toEqual([]);
});

test('no words are left over, and none are there twice', () => {
  expect(keys.filter((key) => !used.has(key))).toEqual([]);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});

test('the file parses to the last message', () => {
  expect(new FluentResource(ftl).body.length).toBe(keys.length);
});

test('keys are never put together from pieces, so that they can be found', () => {
  const loose = sources(join(__dirname, '../src')).flatMap((text) => text.match(/[^.\w]t\((?!\s*'[a-z0-9-]+')[^)]*\)/g) ?? []);
  expect(loose.filter((call) => !call.includes('key: string'))).toEqual([]);
});

test('numbers follow the language, and a right-to-left name stays in its place', () => {
  expect(t('outbox-summary', { count: 7, failed: 1 })).toBe('7 changes wait, 1 needs you');
  expect(t('outbox-summary', { count: 1, failed: 0 })).toBe('1 change waits');
  expect(t('timeline-new', { count: 1204 })).toBe('1,204 new messages');
  expect(t('composer-message', { name: 'יעל' })).toBe('Message \u2068יעל\u2069');
  expect(t('composer-message', { name: '\u202egpj.Ada\u2069\u061c' })).toBe('Message gpj.Ada');
  expect(t('composer-message', { name: 'י\u2069על\u202e' })).toBe('Message \u2068יעל\u2069');
});
