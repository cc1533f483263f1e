/** Contrast by WCAG 2: each colour of the page on everything that it may lie on, in both themes, and where more contrast is asked for. */
import { expect, test } from 'vitest';
import { LOOKS, contrast, named, sheets } from './tokens';

/** AA where nothing is asked for, AAA where it is: of texts, and of the edges and signs of what is pressed or said. */
const TEXT = { plain: 4.5, more: 7 };
const EDGE = { plain: 3, more: 4.5 };

const token = (name: string) => `var(--${name})`;
const HUES = [20, 48, 75, 105, 135, 160, 190, 220, 250, 285, 315, 345];

/** What a person reads, and may read anywhere. */
const INKS = ['text', 'text-2', 'text-3', 'accent-text', 'danger-text', 'warn-text', 'hue-text', 'code-key', 'code-str', 'code-num', 'code-fn'].map(token);
/** What is only seen: edges of controls, the ring of the focus, signs of a state. */
const SIGNS = ['line-strong', 'accent', 'danger', 'ok', 'away', 'focus'].map(token);

/** What all lies on. */
const CARD = 'light-dark(oklch(100% 0 0), oklch(23.4% 0.008 55))';
const SURFACES = [...['base', 'sheet', 'sunken', 'raised'].map(token), CARD];
/** No line of these is under the pointer: the one that the keyboard stands on, and what people have said. */
const ACTIVE = token('active');
const QUEUED = 'color-mix(in oklab, var(--bubble-out) 42%, var(--sheet))';
const BUBBLES = [...['bubble-in', 'bubble-out'].map(token), QUEUED];
const SOFT = ['accent-soft', 'danger-soft', 'warn-soft'].map(token);
/** What a surface becomes under the pointer. */
const TOUCHED = ['hover', 'pressed'].map(token);
/** What one is on in a text: a quotation and it under the pointer, a word in code, a spoiler. */
const QUOTE = 'light-dark(oklch(40% 0.03 55 / 0.055), oklch(95% 0.02 70 / 0.065))';
const QUOTE_TOUCHED = 'light-dark(oklch(40% 0.03 55 / 0.1), oklch(95% 0.02 70 / 0.11))';
const CODE = 'light-dark(oklch(40% 0.03 55 / 0.08), oklch(95% 0.02 70 / 0.1))';
const FLAT_TOUCHED = 'light-dark(oklch(40% 0.03 50 / 0.035), oklch(95% 0.02 70 / 0.03))';
const FIELD = 'light-dark(oklch(40% 0.03 55 / 0.065), oklch(95% 0.02 70 / 0.06))';
const FIELD_TOUCHED = 'light-dark(oklch(40% 0.03 55 / 0.1), oklch(95% 0.02 70 / 0.09))';
const NAMED = ['color-mix(in oklab, var(--accent) 12%, transparent)', 'color-mix(in oklab, var(--accent) 15%, transparent)'];
const INSERTED = 'color-mix(in oklab, var(--accent) 16%, transparent)';
const SELECTED = 'color-mix(in oklab, var(--accent) 28%, transparent)';
const BUTTON = ['color-mix(in oklab, var(--raised), var(--text) 5%)', 'color-mix(in oklab, var(--raised), var(--text) 9%)'];
const TOAST = 'light-dark(oklch(26% 0.014 50), oklch(31% 0.01 55))';
const ON_TOAST = ['oklch(96% 0.005 80)', 'oklch(86% 0.012 70)', 'oklch(86% 0.095 60)', 'oklch(87% 0.01 70)'];
const QUIET = 'light-dark(oklch(45% 0.014 58), oklch(42% 0.012 60))';
const ON_QUIET = 'oklch(99% 0.003 80)';
const FOUND = 'light-dark(oklch(91% 0.085 85), oklch(40% 0.08 75))';
const THUMB_ON = 'light-dark(oklch(100% 0 0), oklch(20% 0.03 45))';

interface Pairs {
  inks: string[];
  /** What lies on each other, the lowest first. */
  on: string[][];
  at_least: typeof TEXT;
}

const alone = (grounds: string[]): string[][] => grounds.map((ground) => [ground]);
const each = (lower: string[], upper: string[]): string[][] => lower.flatMap((low) => upper.map((high) => [low, high]));

const PAIRS: Record<string, Pairs> = {
  'texts on all that they lie on': { inks: INKS, on: [...alone([...SURFACES, ACTIVE, ...BUBBLES, ...SOFT]), ...each(SURFACES, TOUCHED)], at_least: TEXT },
  'texts in a quotation': { inks: ['text-2', 'hue-text'].map(token), on: each([...BUBBLES, ...SOFT, token('sheet')], [QUOTE, QUOTE_TOUCHED]), at_least: TEXT },
  'texts in code or a spoiler': { inks: ['text', 'accent-text'].map(token), on: each([...BUBBLES, ...SOFT, token('sheet')], [CODE]), at_least: TEXT },
  'a message of the compact density, under the pointer': { inks: INKS, on: each([...SOFT, token('sheet')], [FLAT_TOUCHED]), at_least: TEXT },
  'the field of the search': { inks: [token('text-3')], on: each([token('base')], [FIELD, FIELD_TOUCHED]), at_least: TEXT },
  'somebody’s name': { inks: [token('accent-text')], on: each([...BUBBLES, token('sheet'), ...SOFT], NAMED), at_least: TEXT },
  'what was added': { inks: [token('text')], on: each([token('sunken'), token('raised')], [INSERTED]), at_least: TEXT },
  'what is selected': { inks: [token('text')], on: each([...SURFACES, ACTIVE, ...BUBBLES], [SELECTED]), at_least: TEXT },
  'a button under the pointer': { inks: [token('text')], on: alone(BUTTON), at_least: TEXT },
  'on the accent': { inks: [token('on-accent')], on: alone(['accent', 'accent-hover'].map(token)), at_least: TEXT },
  'a filter that is on': { inks: [token('sheet')], on: alone([token('text')]), at_least: TEXT },
  'a toast': { inks: ON_TOAST, on: alone([TOAST]), at_least: TEXT },
  'a count that is not for me': { inks: [ON_QUIET], on: alone([QUIET]), at_least: TEXT },
  'time and ticks of mine': { inks: [token('text-mine')], on: alone([token('bubble-out'), QUEUED]), at_least: TEXT },
  'a word that was found': { inks: [token('text')], on: alone([FOUND]), at_least: TEXT },
  'initials': { inks: [token('hue-ink')], on: alone([token('hue-fill')]), at_least: TEXT },
  'edges and signs': { inks: SIGNS, on: [...alone([...SURFACES, ACTIVE, ...SOFT]), ...each(SURFACES, [token('hover')])], at_least: EDGE },
  'the ring around a message': { inks: [token('focus')], on: alone(BUBBLES), at_least: EDGE },
  'a switch that is off': { inks: [token('thumb')], on: alone([token('line-strong')]), at_least: EDGE },
  'a switch that is on': { inks: [THUMB_ON], on: alone([token('accent')]), at_least: EDGE },
};

test.each(LOOKS.flatMap((look) => Object.entries(PAIRS).map(([what, pairs]) => ({ look, looked: named(look), what, pairs }))))('$looked: $what', ({ look, pairs }) => {
  const low = pairs.inks.flatMap((ink) =>
    pairs.on.flatMap((on) => {
      const hues = [ink, ...on].some((colour) => colour.includes('hue-')) ? HUES : [undefined];
      const least = Math.min(...hues.map((hue) => contrast(ink, on, look, hue)));
      return least < (look.more ? pairs.at_least.more : pairs.at_least.plain) ? [`${ink} on ${on.join(' under ')}: ${least.toFixed(2)}`] : [];
    }),
  );
  expect(low).toEqual([]);
});

/** What nobody reads and nothing is told by: what only separates, pictures, what is disabled, what lies over a page that is not to be used. */
const NEVER_READ = [
  'none', 'inherit', 'transparent', 'currentColor', 'CanvasText',
  ...['line', 'scrim', 'text-off', 'accent-line'].map(token),
  // The bar of a quotation, beside the name in the same colour.
  token('hue-text'),
  // What is not there yet, and drawings of an empty place.
  'light-dark(oklch(91% 0.011 62), oklch(28% 0.01 52))',
  'light-dark(oklch(72% 0.016 60), oklch(50% 0.014 60))',
  // The veil over a spoiler hides what is under it.
  'color-mix(in oklab, var(--text) 78%, var(--sheet))',
  'color-mix(in oklab, var(--text) 66%, var(--sheet))',
  // A code for cameras.
  '#fff', '#000',
  // What an avatar stands on is a surface, whichever.
  'var(--behind)', 'var(--behind, var(--sheet))',
];
/** Light and shadow along an edge. */
const PASSING = /-gradient\(/;
/** A picture of the whole page in another theme. */
const PICTURES = ['features/settings/ThemeMini.svelte'];

test('every colour in the style sheets is in one of the pairs', () => {
  const known = new Set([...NEVER_READ, ...Object.values(PAIRS).flatMap(({ inks, on }) => [...inks, ...on.flat()])]);
  const looked = sheets().filter(({ path }) => !PICTURES.includes(path));
  const unknown = looked.flatMap(({ path, rules }) => {
    const declared = rules.flatMap((rule) => rule.declared);
    const painted = declared.filter(([property, value]) => /^(color|background|background-color|fill|stroke|--behind)$/.test(property) && !known.has(value) && !PASSING.test(value));
    return painted.map(([property, value]) => `${path}: ${property}: ${value}`);
  });
  expect(unknown).toEqual([]);
});
