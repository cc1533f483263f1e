import type { Problem } from '../../lib/backend';

export type FieldName = 'username' | 'first_name' | 'last_name' | 'email' | 'password' | 'code' | 'set_up_code';

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
    case 'wrong_credentials':
      return signingUp ? null : 'password';
    case 'set_up_code_required':
      return 'set_up_code';
    default:
      return null;
  }
}
