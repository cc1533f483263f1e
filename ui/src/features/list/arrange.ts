/** How I have a conversation, changed: by its menu, the switcher and the commands of the message box. */
import { call } from '../../lib/backend';
import type { Arrange } from '../../lib/backend';
import { FOR_EVER } from '../../lib/limits';
import { t } from '../../lib/words';
import { attempt, toast } from '../../state/toasts.svelte';

/** Whether it was done; otherwise it was said why not. */
export async function arrange(conversation: string, change: Arrange): Promise<boolean> {
  return (await attempt(() => call('arrange_conversation', { conversation, change }))) !== undefined;
}

/** Away from the list, with a way back. */
export async function archive(id: string): Promise<void> {
  if (await arrange(id, { archived: true })) toast.info(t('archived-done'), { label: t('undo'), run: () => void arrange(id, { archived: false }) });
}

/** Until it is said otherwise, from where the list may be out of sight: so it is said. */
export async function mute(id: string): Promise<void> {
  if (await arrange(id, { muted: FOR_EVER })) toast.info(t('muted-done'), { label: t('undo'), run: () => void arrange(id, { muted: null }) });
}

export async function unmute(id: string): Promise<void> {
  if (await arrange(id, { muted: null })) toast.info(t('unmuted-done'));
}

/** All that is there. */
export async function markRead(conversation: string): Promise<void> {
  await attempt(() => call('mark_read', { conversation, pos: null }));
}

/** From the newest message of somebody else on. */
export async function markUnread(conversation: string): Promise<void> {
  await attempt(() => call('mark_unread', { conversation, from: null }));
}
