/** One account among those of an app: what a list says of it, and how it goes. */
import type { AccountId, AccountView, Phase } from '../types';
import { SERVER } from './fake';
import type { Fake } from './fake';
import { ME } from './model';

function stateOf(phase: Phase): AccountView['state'] {
  if (phase.kind === 'sign_in') return phase.returning ? 'signed_out' : 'new';
  if (phase.kind === 'locked' || phase.kind === 'blocked') return phase.kind;
  return phase.kind === 'first_run' ? 'new' : 'open';
}

export function viewOf(fake: Fake): AccountView {
  const { account, phase } = fake;
  const server = 'server' in phase ? phase.server : null;
  const me = phase.kind === 'ready' ? phase.me : phase.kind === 'sign_in' ? phase.returning : phase.kind === 'first_run' ? null : ME;
  return { id: account, me, server: server?.name || server?.address || '', embedded: server?.embedded ?? false, state: stateOf(phase), unread: fake.status().unread };
}

export function accountHandlers(fake: Fake) {
  const remove = (): AccountId => {
    const next = fake.app?.remove(fake.account);
    if (next !== undefined) return next;
    fake.setPhase({ kind: 'sign_in', server: SERVER, returning: null, reason: null });
    return fake.account;
  };
  return { delete_account: remove, remove_account: remove, add_account: () => fake.app?.add() ?? fake.account };
}
