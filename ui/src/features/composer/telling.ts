/** That something is being written, for whoever is there; the engine tells it no more often than it must. */
import { call } from '../../lib/backend';
import { typedCommand } from '../commands/typed';

const TYPING_MS = 1_000;

/** Told with each letter of what is to be sent. */
export function telling(conversation: string): (text: string) => void {
  let told_ms = -Infinity;
  return (text) => {
    if (text.trim() === '' || text === '/' || typedCommand(text) || performance.now() - told_ms < TYPING_MS) return;
    told_ms = performance.now();
    // Nobody misses it.
    void call('typing', { conversation }).catch(() => undefined);
  };
}
