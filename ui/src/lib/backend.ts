/** The one door to the shell. Nothing outside `lib/backend/` knows what stands behind it. */
import type { Args, CommandName, Result } from './backend/commands';
import type { AccountId, Problem, Update } from './backend/types';
import { worded } from './words';

export type { Commands } from './backend/commands';
export type * from './backend/types';

/** What stands behind the door: the shell, or a fake in tests and in a browser. */
export interface Backend {
  /** `account`: the one that the call is for. */
  call(name: CommandName, args: Record<string, unknown>, account: AccountId | null): Promise<unknown>;
  /** Shows an account from now on, or the one that was shown last; returns which it is. */
  subscribe(account: AccountId | null, onUpdate: (update: Update) => void): Promise<AccountId>;
}

/** A command that the shell refused, with the words for the person. */
export class CommandFailed extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'CommandFailed';
    this.problem = problem;
  }
}

let backend: Backend | null = null;
let account: AccountId | null = null;
/** Counts what was shown: an answer for what is not shown any more is nobody's. */
let visit = 0;

/** The answer came when its account was not shown any more. */
const LEFT: Problem = { code: 'account_left', message: 'Another account is shown by now.' };

export function install(chosen: Backend): void {
  backend = chosen;
}

export async function call<K extends CommandName>(name: K, ...args: Args<K>): Promise<Result<K>> {
  if (!backend) throw new CommandFailed({ code: 'internal', message: 'The page started without its shell.' });
  const asked = visit;
  const answer = await Promise.allSettled([backend.call(name, (args[0] ?? {}) as Record<string, unknown>, account)]);
  if (asked !== visit) throw new CommandFailed(LEFT);
  if (answer[0].status === 'rejected') throw new CommandFailed(asProblem(answer[0].reason));
  return answer[0].value as Result<K>;
}

/** From here on answers and updates are of this account alone, or of the one that was shown last. */
export async function subscribe(wanted: AccountId | null, onUpdate: (update: Update) => void): Promise<void> {
  const mine = ++visit;
  const shown = await backend?.subscribe(wanted, (update) => mine === visit && onUpdate(update));
  if (mine === visit) account = shown ?? null;
}

/** Whether this only says that another account is shown by now. */
export function isLeft(error: unknown): boolean {
  return asProblem(error).code === LEFT.code;
}

/** Whatever was thrown, as a problem: a refusal of the shell's own machinery comes as a bare string. */
export function asProblem(error: unknown): Problem {
  if (error instanceof CommandFailed) return error.problem;
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
    return worded({ code: String(error.code), message: String(error.message) });
  }
  return worded({ code: 'internal', message: error instanceof Error ? error.message : String(error) });
}
