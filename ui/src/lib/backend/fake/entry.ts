/** The fake's first pages: servers, and into an account and out of it. */
import type { Commands } from '../commands';
import type { Me, Server } from '../types';
import type { Fake } from './fake';
import { ME } from './model';
import { SECOND_STEP } from './two_step';

type Names = 'start_server' | 'connect' | 'forget_server' | 'sign_up' | 'sign_in' | 'sign_out' | 'unlock';
type EntryHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

/** Somebody has shown their password, or a code that was mailed. */
export function firstStep(fake: Fake): Me {
  if (fake.two_step !== null) throw SECOND_STEP;
  return fake.signIn();
}

export function entryHandlers(fake: Fake, usual: Server): EntryHandlers {
  function out(server: Server, returning: Me | null): null {
    fake.setPhase({ kind: 'sign_in', server, returning, reason: null });
    return null;
  }

  return {
    start_server: () => {
      const server = { ...usual, name: '', address: '127.0.0.1:7380', embedded: true, needs_set_up: true };
      out(server, null);
      return server;
    },
    connect: () => {
      out(usual, null);
      return usual;
    },
    forget_server: () => (fake.setPhase({ kind: 'first_run' }), null),
    sign_up: ({ email }) => {
      fake.email = email === null ? null : { address: email, verified: false };
      return fake.signIn();
    },
    sign_in: () => firstStep(fake),
    sign_out: () => out(usual, ME),
    unlock: () => (fake.signIn(), null),
  };
}
