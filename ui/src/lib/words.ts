/** Every string that a person reads comes from here. The `.ftl` files are shared with the shell. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import page from '../../../locales/en/page.ftl?raw';

const bundle = new FluentBundle('en', { useIsolating: false });
bundle.addResource(new FluentResource(page));

/** Marks that turn the direction of the text behind them. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** True for a text with a letter of a right-to-left script. */
export function hasRtl(text: string): boolean {
  return RTL.test(text);
}

/** Keeps a name from turning the sentence around it: one that is right-to-left, or that has marks of its own. */
function isolated(value: FluentVariable): FluentVariable {
  if (typeof value !== 'string') return value;
  const plain = value.replace(TURNING, '');
  return hasRtl(plain) ? `\u2068${plain}\u2069` : plain;
}

/** The words for `key`. A missing key shows itself, so that it is seen; a test finds it first. */
export function t(key: string, args?: Record<string, FluentVariable>): string {
  const message = bundle.getMessage(key);
  if (!message?.value) return key;
  const shown = args && Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isolated(value)]));
  return bundle.formatPattern(message.value, shown, []);
}
