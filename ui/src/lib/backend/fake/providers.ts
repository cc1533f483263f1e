/** The fake's providers: the browser comes back when a test says so, with what the test says. */
import type { Commands } from '../commands';
import type { Entrance, Problem } from '../types';
import type { Fake } from './fake';
import { ME } from './model';

type Names =
  | 'list_providers'
  | 'sign_in_by_provider'
  | 'cancel_provider'
  | 'sign_up_by_provider'
  | 'list_ways_in'
  | 'link_provider'
  | 'prove_by_provider'
  | 'unlink_external';
type ProviderHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> | Promise<ReturnType<Commands[K]>> };

const CANCELLED: Problem = { code: 'provider_cancelled', message: 'You cancelled signing in at the provider. Nothing was changed.' };

/** A browser that somebody is waiting for. */
export interface Visit {
  comesBack: (entrance?: Entrance) => void;
  fails: (problem: Problem) => void;
}

export function providerHandlers(fake: Fake): ProviderHandlers {
  const visit = () =>
    new Promise<Entrance>((resolve, reject) => {
      fake.visit = { comesBack: (entrance = { kind: 'in', me: ME }) => resolve(entrance), fails: reject };
    });

  return {
    list_providers: () => fake.ways.providers,
    sign_in_by_provider: async () => {
      const entrance = await visit();
      if (entrance.kind === 'in') fake.signIn();
      return entrance;
    },
    cancel_provider: () => (fake.visit?.fails(CANCELLED), null),
    sign_up_by_provider: () => (fake.signIn(), ME),
    list_ways_in: () => fake.ways,
    link_provider: async ({ provider }) => {
      await visit();
      const name = fake.ways.providers.find((one) => one.id === provider)?.name ?? provider;
      const linked = { id: `e-${fake.ways.accounts.length + 1}`, provider: name, provider_id: provider, label: 'elin@id.example.org', linked_at: fake.now(), refused_at: null };
      fake.ways = { ...fake.ways, accounts: [...fake.ways.accounts, linked] };
      return null;
    },
    prove_by_provider: async () => (await visit(), null),
    unlink_external: ({ id }) => {
      fake.ways = { ...fake.ways, accounts: fake.ways.accounts.filter((account) => account.id !== id) };
      return null;
    },
  };
}
