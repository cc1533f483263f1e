import type { Problem } from '../../lib/backend';
import { listed } from '../../lib/language.svelte';
import { t } from '../../lib/words';

export type FieldName = 'username' | 'first_name' | 'last_name' | 'email' | 'password' | 'password_again' | 'code' | 'set_up_code' | 'invite';

/** Which field a refusal is about; `null` when it is about none of them. */
export function fieldOf(problem: Problem, signingUp: boolean): FieldName | null {
  switch (problem.code) {
    case 'username_taken':
    case 'invalid_username':
      return 'username';
    case 'invalid_name':
      return 'first_name';
    case 'invalid_email':
      return 'email';
    case 'wrong_code':
      return 'code';
    case 'weak_password':
      return 'password';
    case 'password_differs':
      return 'password_again';
    case 'wrong_credentials':
      return signingUp ? null : 'password';
    case 'invite_required':
      return 'invite';
    case 'set_up_code_required':
      return 'set_up_code';
    default:
      return null;
  }
}

/** What an address at sign-up is good for, and of which domains it has to be. */
export function emailHelp(domains: string[]): string {
  return domains.length === 0 ? t('sign-email-help') : t('sign-email-domains', { domains: listed(domains.map((domain) => `@${domain}`)) });
}
