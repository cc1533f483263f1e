/** The page's colours as the style sheets have them, computed: what `light-dark()`, `var()` and `color-mix()` come to in one look. */
import axe from 'axe-core';
import { readFileSync, readdirSync } from 'node:fs';
import { parseCss } from 'svelte/compiler';
import type { AST } from 'svelte/compiler';

/** Of color.js, which axe brings for its own rule, what is used here. */
interface Color {
  alpha: number;
  to(space: string): Color;
  toString(): string;
  contrast(other: Color, algorithm: 'WCAG21'): number;
  mix(other: Color, part: number, how: { space: string; premultiplied: boolean }): Color;
}
const Colorjs = (axe as unknown as { imports: { Colorjs: new (text: string) => Color } }).imports.Colorjs;

export type Theme = 'light' | 'dark';
export interface Look {
  theme: Theme;
  more: boolean;
}
export const LOOKS: Look[] = [
  { theme: 'light', more: false },
  { theme: 'dark', more: false },
  { theme: 'light', more: true },
  { theme: 'dark', more: true },
];
export const named = ({ theme, more }: Look): string => `${theme}${more ? ', high contrast' : ''}`;

export interface Rule {
  selector: string;
  declared: [string, string][];
  /** The conditions in which it stands. */
  media: string;
  layer: string;
}

/** Every rule with what it declares itself, those that stand inside of others too. */
export function rulesOf(css: string): Rule[] {
  const walk = (nodes: AST.CSS.Node[], selector: string, media: string, layer: string): Rule[] => {
    const own = nodes.filter((node): node is AST.CSS.Declaration => node.type === 'Declaration');
    const here = own.length === 0 ? [] : [{ selector, media, layer, declared: own.map(({ property, value }): [string, string] => [property, value.trim()]) }];
    const inside = nodes.flatMap((node) => {
      if (node.type === 'Rule') return walk(node.block.children, css.slice(node.prelude.start, node.prelude.end), media, layer);
      if (node.type !== 'Atrule' || node.name === 'keyframes') return [];
      const within = node.name === 'media' ? `${media} ${node.prelude}`.trim() : media;
      return walk(node.block?.children ?? [], selector, within, node.name === 'layer' ? node.prelude : layer);
    });
    return [...here, ...inside];
  };
  return walk(parseCss(css).children, '', '', '');
}

/** Every style sheet of the page and of its components, by file. */
export function sheets(): { path: string; rules: Rule[] }[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => /\.(svelte|css)$/.test(path));
  return files.map((path) => {
    const text = readFileSync(`src/${path}`, 'utf8');
    return { path, rules: rulesOf(path.endsWith('.css') ? text : (/<style>(.*)<\/style>/s.exec(text)?.[1] ?? '')) };
  });
}

const TOKENS = rulesOf(readFileSync('src/styles/tokens.css', 'utf8'));

function declared(more: boolean): Map<string, string> {
  const wanted = more ? ['', '(prefers-contrast: more)'] : [''];
  const root = TOKENS.filter(({ selector, media }) => selector.split(', ').includes(':root') && wanted.includes(media));
  return new Map(root.flatMap((rule) => rule.declared));
}
const PLAIN = declared(false);
const MORE = declared(true);

/** What a function is given, split at the commas that are its own. */
function parts(inner: string): string[] {
  const found = [''];
  let depth = 0;
  for (const sign of inner) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    if (sign === ',' && depth === 0) found.push('');
    else found[found.length - 1] += sign;
  }
  return found.map((part) => part.trim());
}

/** A colour as it is written, in one look; `hue` is the one that `--hue` has there. */
function colour(written: string, look: Look, hue = 60): Color {
  const [, name = '', inner = ''] = /^([\w-]+)\((.*)\)$/s.exec(written.trim()) ?? [];
  const again = (text: string) => colour(text, look, hue);
  if (name === 'var') {
    const value = (look.more ? MORE : PLAIN).get(inner);
    if (value === undefined) throw new Error(`there is no ${inner}`);
    return again(value);
  }
  if (name === 'light-dark') return again(parts(inner)[look.theme === 'light' ? 0 : 1] ?? '');
  if (name === 'color-mix') {
    const [space = '', first = '', second = ''] = parts(inner);
    const [a, b] = [first, second].map((text) => /^(.*?)(?:\s+([\d.]+)%)?$/s.exec(text) ?? []);
    const part = a?.[2] === undefined ? Number(b?.[2] ?? 50) / 100 : 1 - Number(a[2]) / 100;
    return again(a?.[1] ?? '').mix(again(b?.[1] ?? ''), part, { space: space.replace('in ', ''), premultiplied: true });
  }
  return new Colorjs(written.replace('var(--hue)', String(hue)));
}

/** What is seen where one colour lies on another. */
function over(top: Color, ground: Color): Color {
  if (top.alpha >= 1) return top;
  const opaque = new Colorjs(top.to("srgb").toString());
  const { alpha } = opaque;
  opaque.alpha = 1;
  return ground.to('srgb').mix(opaque, alpha, { space: 'srgb', premultiplied: true });
}

/** By WCAG 2, from 1 to 21: an ink on what lies on each other, the lowest first. */
export function contrast(ink: string, grounds: string[], look: Look, hue?: number): number {
  const [lowest = '', ...above] = grounds;
  const ground = above.reduce((under, next) => over(colour(next, look, hue), under), colour(lowest, look, hue));
  return over(colour(ink, look, hue), ground).contrast(ground, 'WCAG21');
}
