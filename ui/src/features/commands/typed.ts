/** Commands as they are typed into the message box: a slash at its very beginning, a word, and what the command takes. */
import { asProblem, call } from '../../lib/backend';
import type { ConversationItem, Problem } from '../../lib/backend';
import { t } from '../../lib/words';
import { commandsOf } from './commands';
import type { Command } from './commands';

/** A path is none, nor is a slash alone. */
const TYPED = /^\/([\p{L}\p{N}_-]+)(?:\s+([^]*))?$/u;

export interface Typed {
  word: string;
  rest: string;
}

export function typedCommand(text: string): Typed | null {
  const found = TYPED.exec(text);
  return found ? { word: (found[1] ?? '').toLowerCase(), rest: (found[2] ?? '').trim() } : null;
}

/** What is sent of a text that is no command: of one that was made none by a second slash, what stands behind that. */
export function sentOf(text: string): string {
  return (text.startsWith('//') && typedCommand(text.slice(1)) ? text.slice(1) : text).trim();
}

/** Those that can be typed there. */
export async function offeredCommands(item: ConversationItem): Promise<Command[]> {
  return commandsOf(item, item.kind === 'direct' ? null : await call('list_members', { conversation: item.id }));
}

/**
 * Does what was typed. `ondone` is called once nothing is in the way any more, and before a place or a dialog that it leads to shows;
 * otherwise what is in the way is returned, and what was typed stays.
 */
export async function runTyped(item: ConversationItem, { word, rest }: Typed, ondone: () => void): Promise<Problem | null> {
  try {
    const command = (await offeredCommands(item)).find((one) => one.word === word);
    if (!command) return { code: 'no_command', message: t('command-unknown', { word: `/${word}` }) };
    if (command.takes === null && rest !== '') return { code: 'no_command', message: t('command-takes-nothing', { word: `/${word}` }) };
    if (!command.alone && rest === '') return { code: 'no_command', message: t('command-needs', { word: `/${word}`, what: command.takes ?? '' }) };
    const problem = command.run(rest);
    const wrong = problem && (await problem);
    if (!wrong) ondone();
    return wrong;
  } catch (error) {
    return asProblem(error);
  }
}
