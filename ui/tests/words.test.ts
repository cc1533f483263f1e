import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { expect, test } from 'vitest';
import { problemKey, t } from '../src/lib/words';

const root = join(__dirname, '../..');

const ftl = readFileSync(join(__dirname, '../../locales/en/page.ftl'), 'utf8');
const keys = [...ftl.matchAll(/^([a-z][a-z0-9-]*) *=/gm)].map(([, key]) => key ?? '');

function sources(folder: string, ending = /\.(svelte|ts)$/): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name) && !entry.name.endsWith('.test.ts'))
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

/** The variables that the words of each key use, wherever in them. */
function variables(file: string): Map<string, string> {
  const inside = (part: unknown): string[] => {
    if (typeof part !== 'object' || part === null) return [];
    const own = 'type' in part && part.type === 'var' && 'name' in part ? [String(part.name)] : [];
    return [...own, ...Object.values(part).flatMap(inside)];
  };
  return new Map(new FluentResource(file).body.map((message) => [message.id, [...new Set(inside([message.value, message.attributes]))].sort().join(' ')]));
}

const languages = readdirSync(join(root, 'locales'));
const read = (tag: string, name: string) => readFileSync(join(root, 'locales', tag, name), 'utf8');

test.for(languages.flatMap((tag) => ['page.ftl', 'problems.ftl'].map((name): [string, string] => [tag, name])))('%s/%s has the keys and the variables of English', ([tag, name]) => {
  const [english, translated] = [variables(read('en', name)), variables(read(tag, name))];
  expect(read(tag, name).match(/^[a-z][a-z0-9-]* *=/gm)?.length, 'every message parses, and is there once').toBe(translated.size);
  expect({
    missing: [...english.keys()].filter((key) => !translated.has(key)),
    leftOver: [...translated.keys()].filter((key) => !english.has(key)),
    otherVariables: [...translated].filter(([key, used]) => english.has(key) && english.get(key) !== used),
  }).toEqual({ missing: [], leftOver: [], otherVariables: [] });
});

function rust(folder: string): string {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.rs'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

test('every code of a problem has words, and there are no words without a code', () => {
  const [client, protocol] = [rust('crates/client/src'), readFileSync(join(root, 'crates/protocol/src/error.rs'), 'utf8')];
  const told = [...client.matchAll(/(?:Problem|Self)::new\(\s*"([a-z_]+)"/g), ...protocol.matchAll(/= "([a-z_]+)", (?:Retry|Permanent|Conflict)/g)];
  const codes = [...new Set(told.map(([, code]) => code ?? ''))];
  const known = [...variables(read('en', 'problems.ftl')).keys()];
  expect(codes.filter((code) => !known.includes(problemKey(code)))).toEqual([]);
  const all = client + protocol;
  expect(known.filter((key) => !all.includes(`"${key.replace('problem-', '').replaceAll('-', '_')}"`))).toEqual([]);
});

test('words that are kept are made anew with the language: constants with words are derived, or there is a function for them', () => {
  const src = join(__dirname, '../src');
  const constants = [
    ...sources(src, /\.svelte$/).flatMap((text) => text.match(/^ {2}(?:const|let) [^]*?;$/gm) ?? []),
    ...sources(src, /\.ts$/).flatMap((text) => text.match(/^(?:export )?(?:const|let) [^]*?;$/gm) ?? []),
  ];
  const words = constants.filter((constant) => /[^.\w]t\('/.test(constant));
  expect(words.length).toBeGreaterThan(10);
  const made = / = (?:\$derived|debounce\(|(?:async )?\([^)]*\)(?:: [^=]+)? =>)/;
  expect(words.filter((constant) => !made.test(constant))).toEqual([]);
});
