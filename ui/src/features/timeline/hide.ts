/** Deleting for oneself alone, which can be undone. */
import { call } from '../../lib/backend';
import { t } from '../../lib/words';
import { attempt, toast } from '../../state/toasts.svelte';

async function put(conversation: string, message: string, on: boolean): Promise<boolean> {
  return (await attempt(() => call('hide_message', { conversation, message, on }))) !== undefined;
}

export async function hide(conversation: string, message: string): Promise<void> {
  if (await put(conversation, message, true)) toast.info(t('message-hidden'), { label: t('undo'), run: () => void put(conversation, message, false) });
}
