/** Whether a conversation may tell me of anything. */
import type { ConversationItem } from './backend';

export const HOUR_MS = 3_600_000;

export function isMuted(item: ConversationItem, now: number): boolean {
  return item.muted_until !== null && now < item.muted_until;
}
