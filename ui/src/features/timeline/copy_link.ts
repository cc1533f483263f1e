import { copyText } from '../../lib/clipboard';
import { linkTo } from '../../lib/message_link';
import { t } from '../../lib/words';
import { session } from '../../state/session.svelte';
import { toast } from '../../state/toasts.svelte';

/** The link to a message, for who is in the conversation as well. */
export async function copyLink(conversation: string, message: string): Promise<void> {
  if (session.phase?.kind !== 'ready') return;
  const done = await copyText(linkTo(session.phase.server, conversation, message));
  toast.info(done ? t('message-link-copied') : t('copy-failed'));
}
