/** An open conversation that somebody else has deleted, or taken one out of. */
import { copyText } from '../../lib/clipboard';
import { titleOf } from '../../lib/people';
import { t } from '../../lib/words';
import { conversations } from '../../state/conversations.svelte';
import { drafts } from '../../state/drafts';
import { toast } from '../../state/toasts.svelte';
import { goTo, view } from '../../state/view.svelte';

/** Nothing can be written there any more: to the list, with word of what was open. What was being written can be copied. */
export async function leaveWhatIsGone(): Promise<void> {
  const id = view.conversation;
  const item = id ? conversations.find(id) : undefined;
  if (!item || !(await conversations.isGone(item.id)) || view.conversation !== item.id) return;
  const text = drafts.get(item.id, item.draft).trim();
  if (view.dialog === 'about' && view.about === item.id) view.dialog = null;
  goTo.list();
  conversations.forget(item.id);
  const copy = async () => toast.info((await copyText(text)) ? t('copied') : t('copy-failed'));
  toast.info(t('conversation-gone', { name: titleOf(item) }), text === '' ? null : { label: t('message-copy'), run: () => void copy() });
}
