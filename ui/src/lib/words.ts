/** Every string that a person reads comes from here. The `.ftl` files are shared with the shell. */
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import page from '../../../locales/en/page.ftl?raw';

const bundle = new FluentBundle('en', { useIsolating: false });
bundle.addResource(new FluentResource(page));

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** True for a text with a letter of a right-to-left script. */
export function hasRtl(text: string): boolean {
  return RTL.test(text);
}

/** Keeps a right-to-left name from turning the sentence around it. */
function isolated(value: FluentVariable): FluentVariable {
  return typeof value === 'string' && hasRtl(value) ? `\u2068${value}\u2069` : value;
}

/** The words for `key`. A missing key shows itself, so that it is seen; a test finds it first. */
export function t(key: string, args?: Record<string, FluentVariable>): string {
  const message = bundle.getMessage(key);
  if (!message?.value) return key;
  const shown = args && Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isolated(value)]));
  return bundle.formatPattern(message.value, shown, []);
}
