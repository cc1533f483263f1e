/** The fake's codes: one is right, and what is asked for always goes out. */
import type { Commands } from '../commands';
import type { Problem } from '../types';
import { firstStep } from './entry';
import type { Fake } from './fake';

type Names =
  | 'ask_code'
  | 'sign_in_with_code'
  | 'reset_password'
  | 'change_password'
  | 'rate_password'
  | 'get_email'
  | 'change_email'
  | 'remove_email'
  | 'resend_email_code'
  | 'confirm_email';
type CodeHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

const WRONG_CODE: Problem = { code: 'wrong_code', message: 'The code is wrong, or not good any more.' };

export function codeHandlers(fake: Fake): CodeHandlers {
  let wanted: string | null = null;

  function redeem(code: string): void {
    if (code.replace(/\D/g, '') !== fake.code) throw WRONG_CODE;
  }

  return {
    ask_code: () => fake.mail,
    sign_in_with_code: ({ code }) => (redeem(code), firstStep(fake)),
    reset_password: ({ code }) => (redeem(code), null),
    change_password: () => {
      fake.ways = { ...fake.ways, password: true, password_changed_at: fake.now() };
      return null;
    },
    // By the length alone: what is rated, the tests of the shell know.
    rate_password: ({ password }) => ({ score: Math.min(4, Math.floor(password.length / 5)), accepted: password.length >= 10 }),
    get_email: () => fake.email,
    change_email: ({ email }) => ((wanted = email), fake.mail),
    remove_email: () => {
      fake.email = null;
      fake.emit({ kind: 'people' });
      return null;
    },
    resend_email_code: () => fake.mail,
    confirm_email: ({ purpose, code }) => {
      redeem(code);
      const address = purpose === 'change_email' ? wanted : fake.email?.address;
      if (address) fake.email = { address, verified: true };
      fake.emit({ kind: 'people' });
      return null;
    },
  };
}
