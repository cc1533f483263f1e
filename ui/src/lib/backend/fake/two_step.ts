/** The fake's second step: one code of the app is right, and it may be used again and again; recovery codes are good once. */
import type { Commands } from '../commands';
import type { Problem } from '../types';
import type { Fake } from './fake';
import { ME } from './model';

type Names =
  | 'finish_sign_in'
  | 'get_two_step'
  | 'begin_two_step'
  | 'confirm_two_step'
  | 'turn_off_two_step'
  | 'renew_recovery_codes'
  | 'count_recovery_codes';
type TwoStepHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

/** What the app shows. */
export const APP_CODE = '246810';
export const SECOND_STEP: Problem = { code: 'second_step', message: 'This account wants a code of its authenticator app as well.' };
const WRONG_CODE: Problem = { code: 'wrong_code', message: 'The code is wrong, or was used before.' };

export function twoStepHandlers(fake: Fake): TwoStepHandlers {
  let made = 0;

  function take(code: string): void {
    const typed = code.replace(/\s/g, '');
    if (typed === APP_CODE) return;
    if (!fake.recovery_codes.includes(typed)) throw WRONG_CODE;
    fake.recovery_codes = fake.recovery_codes.filter((one) => one !== typed);
  }

  function makeCodes(): string[] {
    made += 1;
    return (fake.recovery_codes = Array.from({ length: 10 }, (_, index) => `SET${made}-CODE-CODE-${1000 + index}`));
  }

  function set(since: number | null): void {
    fake.two_step = since;
    fake.emit({ kind: 'people' });
  }

  return {
    finish_sign_in: ({ code }) => (take(code), fake.signIn(), ME),
    get_two_step: () => fake.two_step,
    begin_two_step: () => ({ secret: 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ', qr: { size: 29, path: 'M4 4h1v1h-1zM6 4h1v1h-1z' } }),
    confirm_two_step: ({ code }) => {
      if (code.replace(/\s/g, '') !== APP_CODE) throw WRONG_CODE;
      set(fake.now());
      return makeCodes();
    },
    turn_off_two_step: ({ code }) => (take(code), set(null), null),
    renew_recovery_codes: ({ code }) => (take(code), makeCodes()),
    count_recovery_codes: () => fake.recovery_codes.length,
  };
}
