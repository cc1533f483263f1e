/** What the system is asked for by people who see or bear things otherwise: the style sheets follow it everywhere. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sheets } from './tokens';
import type { Rule } from './tokens';

const SHEETS = sheets();
const OWN = 'styles/senses.css';
const STILL = '(prefers-reduced-motion: reduce)';
const FORCED = '(forced-colors: active)';

const ruled = (media: string): Rule[] => SHEETS.find(({ path }) => path === OWN)?.rules.filter((rule) => rule.media === media) ?? [];
const written = (rule: Rule, pattern: RegExp): [string, string][] => rule.declared.filter(([property]) => pattern.test(property));

test('nothing moves where that is asked for', () => {
  const [all, ...more] = ruled(STILL);
  expect(more).toEqual([]);
  expect([all?.layer, all?.selector.split(/,\s*/)]).toEqual(['states', ['*', '*::before', '*::after']]);
  expect(Object.fromEntries(all?.declared ?? [])).toEqual({ animation: 'none', transition: 'none', 'scroll-behavior': 'auto' });
  // That layer is the last one, and nothing in it or above all layers says otherwise.
  const order = readFileSync('src/styles/tokens.css', 'utf8').match(/^@layer ([^;{]*);/m)?.[1]?.split(', ');
  expect(order?.at(-1)).toBe('states');
  const moving = SHEETS.flatMap(({ path, rules }) => rules.map((rule) => ({ path, rule }))).filter(({ rule }) => written(rule, /^(animation|transition)/).length > 0 && rule !== all);
  expect(moving.length).toBeGreaterThan(5);
  expect(moving.filter(({ rule }) => !order?.slice(0, -1).includes(rule.layer)).map(({ path }) => path)).toEqual([]);
  expect(moving.filter(({ rule }) => rule.declared.some(([, value]) => value.includes('!important'))).map(({ path }) => path)).toEqual([]);
});

test('no script moves anything: it would not be asked', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => /\.(svelte|ts)$/.test(path));
  const moving = /\.animate\(|svelte\/(transition|animate|motion)|behavior:\s*['"]smooth|startViewTransition/;
  expect(files.filter((path) => moving.test(readFileSync(`src/${path}`, 'utf8')))).toEqual([]);
});

test('what goes from one look to another has the time of a token, of at most 150 ms', () => {
  const values = SHEETS.flatMap(({ rules }) => rules.flatMap((rule) => written(rule, /^transition$/).map(([, value]) => value))).filter((value) => value !== 'none');
  expect(values.filter((value) => !/^[\w-]+ var\(--(fast|calm)\) var\(--ease\)$/.test(value))).toEqual([]);
  const tokens = SHEETS.find(({ path }) => path === 'styles/tokens.css')?.rules.flatMap((rule) => written(rule, /^--(fast|calm)$/)) ?? [];
  expect(tokens.map(([, value]) => Number.parseInt(value, 10)).filter((time) => time > 0 && time <= 150)).toHaveLength(2);
});

test('where colours are forced, each state that is told by a ground or a shadow is told by a line', () => {
  const lined = ruled(FORCED).filter((rule) => rule.layer === 'states' && written(rule, /^outline$/).length > 0);
  const covered = new Set(lined.flatMap(({ selector }) => attributes(selector)));
  const untold = SHEETS.flatMap(({ path, rules }) =>
    rules.filter((rule) => rule.media !== FORCED && written(rule, /^(background|box-shadow)$/).length > 0).flatMap(({ selector }) => attributes(selector).filter((name) => !covered.has(name)).map((name) => `${path}: ${name}`)),
  );
  expect(untold).toEqual([]);
  expect(covered).toEqual(new Set(['aria-selected', 'aria-pressed', 'aria-checked', 'aria-current', 'aria-invalid']));
});

const attributes = (selector: string): string[] => [...selector.matchAll(/\[(aria-[a-z]+)/g)].map(([, name = '']) => name);

test('where colours are forced, the focus has its ring whatever a component says', () => {
  const rings = ruled(FORCED).filter(({ selector }) => selector.includes(':focus-visible'));
  expect(rings.map(({ selector, declared }) => [selector, Object.fromEntries(declared).outline])).toEqual([[':root :focus-visible:focus-visible', '2px solid Highlight']]);
});

test('every style sheet is part of the page', () => {
  const main = readFileSync('src/main.ts', 'utf8');
  expect(readdirSync('src/styles').filter((name) => !main.includes(`import './styles/${name}';`))).toEqual([]);
});
