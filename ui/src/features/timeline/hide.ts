/** Deleting for oneself alone, which can be undone: by the toast, or by a key in its timeline. */
import { call } from '../../lib/backend';
import { t } from '../../lib/words';
import { attempt, toast } from '../../state/toasts.svelte';

async function put(conversation: string, message: string, on: boolean): Promise<boolean> {
  return (await attempt(() => call('hide_message', { conversation, message, on }))) !== undefined;
}

interface Hidden {
  conversation: string;
  message: string;
  toast: number;
}

/** What was hidden in this window, the last one last. */
let hidden: Hidden[] = [];

export async function hide(conversation: string, message: string): Promise<void> {
  if (!(await put(conversation, message, true))) return;
  const one: Hidden = { conversation, message, toast: toast.info(t('message-hidden'), { label: t('undo'), run: () => show(one) }) };
  hidden.push(one);
}

function show(one: Hidden): void {
  hidden = hidden.filter((other) => other !== one);
  toast.dismiss(one.toast);
  void put(one.conversation, one.message, false);
}

/** Shows what was hidden last in a conversation. Whether there was anything. */
export function undoHide(conversation: string): boolean {
  const last = hidden.findLast((one) => one.conversation === conversation);
  if (last) show(last);
  return last !== undefined;
}
