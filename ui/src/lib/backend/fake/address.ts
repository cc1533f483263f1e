import type { Fake } from './fake';
import { SCENARIOS } from './scenarios';

/** The fake that the browser's address asks for: `?fake=offline&theme=dark&dir=rtl`. It can be driven from the console as `fake`. */
export function fakeFromAddress(search: string): Fake {
  const wanted = new URLSearchParams(search);
  const scenario = SCENARIOS[wanted.get('fake') ?? 'everyday'] ?? SCENARIOS['everyday'];
  const fake = scenario?.();
  if (!fake) throw new Error('There is no such scenario.');
  const theme = wanted.get('theme');
  if (theme === 'light' || theme === 'dark') fake.settings = { ...fake.settings, theme };
  if (wanted.get('dir') === 'rtl') document.documentElement.dir = 'rtl';
  Object.assign(window, { fake });
  return fake;
}
