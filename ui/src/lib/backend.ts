/** The one door to the shell. Nothing outside `lib/backend/` knows what stands behind it. */
import type { Args, CommandName, Result } from './backend/commands';
import type { Problem, Update } from './backend/types';

export type { Commands } from './backend/commands';
export type * from './backend/types';

/** What stands behind the door: the shell, or a fake in tests and in a browser. */
export interface Backend {
  call(name: CommandName, args: Record<string, unknown>): Promise<unknown>;
  subscribe(onUpdate: (update: Update) => void): Promise<void>;
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

export function install(chosen: Backend): void {
  backend = chosen;
}

export async function call<K extends CommandName>(name: K, ...args: Args<K>): Promise<Result<K>> {
  if (!backend) throw new CommandFailed({ code: 'internal', message: 'The page started without its shell.' });
  try {
    return (await backend.call(name, (args[0] ?? {}) as Record<string, unknown>)) as Result<K>;
  } catch (error) {
    throw new CommandFailed(asProblem(error));
  }
}

export async function subscribe(onUpdate: (update: Update) => void): Promise<void> {
  await backend?.subscribe(onUpdate);
}

/** Whatever was thrown, as a problem: a refusal of the shell's own machinery comes as a bare string. */
export function asProblem(error: unknown): Problem {
  if (error instanceof CommandFailed) return error.problem;
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) {
    return { code: String(error.code), message: String(error.message) };
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}
