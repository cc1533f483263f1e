/** What a line says of a message that is starred, collected or pinned, and which list of them is shown. */
import type { MarkedView } from '../../lib/backend';
import { nameOf } from '../../lib/people';
import { t } from '../../lib/words';

/** Who wrote it; empty while it is not on this computer. */
export function whoOf({ said }: Pick<MarkedView, 'said'>): string {
  if (!said) return '';
  return said.mine ? t('message-me') : nameOf(said.sender?.name ?? '');
}

/** Its first line. */
export function saysOf({ said }: Pick<MarkedView, 'said'>): string {
  if (!said) return t('marked-not-here');
  if (said.blocked) return t('message-blocked');
  return said.text.split('\n').find((line) => line.trim() !== '') ?? t('message-unknown');
}

/** All stars, those of a conversation, or a collection that I have made. */
export type Chosen = { kind: 'all'; id: null } | { kind: 'conversation' | 'made'; id: string };
