import type { Backend } from '../../backend';
import { FakeAccounts } from './accounts';
import type { Fake } from './fake';
import { SCENARIOS } from './scenarios';

function scenario(name: string): Fake {
  const fake = (SCENARIOS[name] ?? SCENARIOS['everyday'])?.();
  if (!fake) throw new Error('There is no such scenario.');
  return fake;
}

/**
 * The fake that the browser's address asks for: `?fake=offline&theme=dark&lang=ar&density=compact&latency=2000`; `?fake=everyday,returning` is two accounts.
 * It can be driven from the console as `fake`.
 */
export function fakeFromAddress(search: string): Backend {
  const wanted = new URLSearchParams(search);
  const fakes = (wanted.get('fake') ?? 'everyday').split(',').map(scenario);
  const theme = wanted.get('theme');
  for (const fake of fakes) {
    if (theme === 'light' || theme === 'dark') fake.settings = { ...fake.settings, theme };
    fake.settings = { ...fake.settings, language: wanted.get('lang'), density: wanted.get('density') === 'compact' ? 'compact' : 'comfortable' };
    fake.latency_ms = Number(wanted.get('latency') ?? fake.latency_ms);
  }
  const [fake, ...others] = fakes;
  if (!fake) throw new Error('There is no such scenario.');
  Object.assign(window, { fake });
  return others.length > 0 ? new FakeAccounts(fakes) : fake;
}
