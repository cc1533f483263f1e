/** Taking things out of the outbox: at once, after a question, or after the server has said that nothing arrived. */
import { call } from '../lib/backend';
import type { MessageId, OutboxItem, ScheduledView, Update } from '../lib/backend';
import { t } from '../lib/words';
import { asides } from './asides';
import { conversations } from './conversations.svelte';
import { drafts } from './drafts';
import { replies } from './replies';
import { scheduled } from './scheduled.svelte';
import { attempt, toast } from './toasts.svelte';
import { goTo, view } from './view.svelte';

interface Wish {
  /** A message's text goes back into its conversation's composer. */
  edit: boolean;
  /** With whatever needs it: the person has said so. */
  withOthers?: boolean;
}

/** Takes it out; the text of a message that was never sent. Asks first where others need it. */
export async function discard(id: MessageId, { edit, withOthers = false }: Wish): Promise<string | null> {
  const discarded = await attempt(() => call('discard_outbox', { id, edit, with_others: withOthers }));
  if (discarded?.kind === 'gone') {
    replies.forget(id);
    asides.forget(id);
    return discarded.text;
  }
  if (discarded?.kind === 'needed') {
    view.discarding = { id, edit, by: discarded.by };
    view.dialog = 'discard';
  }
  return null;
}

/** What an entry schedules, or changes of what is scheduled: where it waits still, it is changed with its time. */
function waitsFor({ id, what, message }: OutboxItem): ScheduledView | undefined {
  const of = what === 'schedule_message' ? id : what === 'change_scheduled' ? message : null;
  const found = of === null ? undefined : scheduled.find(of);
  return found?.text == null ? undefined : found;
}

/** Whether its text can be written anew. What was to change a scheduled message comes back as a draft only when nothing waits any more. */
export function isWritable(item: OutboxItem): boolean {
  if (waitsFor(item)) return true;
  const forLater = item.what === 'schedule_message' || item.what === 'change_scheduled';
  if (forLater && item.state.kind !== 'failed') return false;
  return item.text !== null && item.conversation !== null && item.what !== 'forward_message';
}

/** Brings the text of an entry back to where it can be written anew. */
export async function rewrite(item: OutboxItem): Promise<void> {
  const later = waitsFor(item);
  if (later) {
    goTo.reschedule(later);
    return;
  }
  const { conversation, message, text, quote, thread } = item;
  if (item.what === 'edit_message' && conversation && message && text !== null) {
    goTo.edit({ conversation, message, text, refused: item.state.kind === 'failed' ? item.id : null });
    return;
  }
  const back = await discard(item.id, { edit: true });
  if (back === null || !conversation) return;
  if (thread) {
    asides.returned(thread, back, quote);
    if (view.thread?.root !== thread) goTo.thread(conversation, thread);
    return;
  }
  replies.back(conversation, quote);
  goTo.compose(conversation, back);
}

export function onTakenBack({ conversation, fate, text, quote, thread }: Extract<Update, { kind: 'taken_back' }>): void {
  if (fate === 'arrived') toast.info(t('taken-back-arrived'));
  if (fate !== 'returned' || !conversation || text === null) return;
  if (thread) {
    asides.returned(thread, text, quote);
    if (view.thread?.root !== thread) toast.info(t('taken-back-thread'), { label: t('taken-back-show'), run: () => goTo.thread(conversation, thread) });
    return;
  }
  replies.back(conversation, quote);
  if (view.place === 'conversations' && view.conversation === conversation) view.back = { conversation, text };
  else {
    drafts.add(conversation, text, conversations.find(conversation)?.draft);
    toast.info(t('taken-back-returned'), { label: t('taken-back-show'), run: () => goTo.conversation(conversation) });
  }
}
