/** What was chosen last, on this computer. */
import { changeSettings, session } from '../../state/session.svelte';
import { attempt } from '../../state/toasts.svelte';
import { USUAL } from './list';

/** Three rows. */
const KEPT_MAX = 27;

export function remember(emoji: string): void {
  const before = session.settings.emoji;
  if (before[0] === emoji) return;
  void attempt(() => changeSettings({ emoji: [emoji, ...before.filter((other) => other !== emoji)].slice(0, KEPT_MAX) }));
}

/** The first few: what was chosen last, then what most people choose. */
export function quick(count: number): string[] {
  return [...new Set([...session.settings.emoji, ...USUAL])].slice(0, count);
}
