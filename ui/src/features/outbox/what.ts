/** What an entry of the outbox is, and why it has not gone, in words. */
import type { OutboxItem } from '../../lib/backend';
import { clock } from '../../lib/time';
import { listed } from '../../lib/language.svelte';
import { t, worded } from '../../lib/words';
import type { IconName } from '../../shared/icons';

export function whatOf(item: OutboxItem): string {
  const people = listed(item.people.filter(Boolean)) || t('outbox-somebody');
  switch (item.what) {
    case 'send_message':
      if (item.text === null) return t('outbox-message');
      return item.quote ? t('outbox-reply', { text: item.text }) : item.text;
    case 'forward_message':
      return t('outbox-forward', { text: item.text ?? '' });
    case 'schedule_message':
      return t('outbox-schedule', { text: item.text ?? '' });
    case 'change_scheduled':
      return item.text === null ? t('outbox-reschedule-time') : t('outbox-reschedule', { text: item.text });
    case 'cancel_scheduled':
      return t('outbox-unschedule');
    case 'edit_message':
      return item.text ?? t('outbox-edit');
    case 'delete_message':
      return item.message_text ? t('outbox-delete', { text: item.message_text }) : t('outbox-delete-any');
    case 'react':
      return item.message_text ? t('outbox-react', { emoji: item.name ?? '', text: item.message_text }) : t('outbox-react-any', { emoji: item.name ?? '' });
    case 'take_reaction_back':
      return t('outbox-unreact', { emoji: item.name ?? '' });
    case 'star':
      return item.message_text ? t('outbox-star', { text: item.message_text }) : t('outbox-star-any');
    case 'unstar':
      return item.message_text ? t('outbox-unstar', { text: item.message_text }) : t('outbox-unstar-any');
    case 'pin_message':
      return item.message_text ? t('outbox-pin', { text: item.message_text }) : t('outbox-pin-any');
    case 'unpin_message':
      return item.message_text ? t('outbox-unpin', { text: item.message_text }) : t('outbox-unpin-any');
    case 'hide_message':
      return item.message_text ? t('outbox-hide', { text: item.message_text }) : t('outbox-hide-any');
    case 'show_message':
      return item.message_text ? t('outbox-show', { text: item.message_text }) : t('outbox-show-any');
    case 'create_collection':
      return t('outbox-collection', { name: item.name ?? '' });
    case 'rename_collection':
      return t('outbox-collection-rename', { name: item.name ?? '' });
    case 'delete_collection':
      return t('outbox-collection-delete');
    case 'collect':
      return item.message_text ? t('outbox-collect', { text: item.message_text, name: item.name ?? '' }) : t('outbox-collect-any', { name: item.name ?? '' });
    case 'take_out_of_collection':
      return t('outbox-take-out', { name: item.name ?? '' });
    case 'follow_thread':
      return item.message_text ? t('outbox-follow', { text: item.message_text }) : t('outbox-follow-any');
    case 'leave_thread':
      return item.message_text ? t('outbox-leave-thread', { text: item.message_text }) : t('outbox-leave-thread-any');
    case 'create_direct':
      return t('outbox-direct', { name: people });
    case 'create_conversation':
      return t('outbox-conversation', { name: item.name ?? '' });
    case 'create_group':
      return t('outbox-group', { name: item.name ?? '' });
    case 'create_channel':
      return t('outbox-channel', { name: item.name ?? '' });
    case 'set_channel_private':
      return t('outbox-private');
    case 'add_members':
    case 'add_group_members':
      return t('outbox-add', { people });
    case 'remove_member':
    case 'remove_group_member':
      return t('outbox-remove', { people });
    case 'set_member_role':
      return t('outbox-member-role', { people });
    case 'edit_conversation':
      return item.name ? t('outbox-rename', { name: item.name }) : t('outbox-topic');
    case 'set_shared_history':
      return t('outbox-history');
    case 'delete_conversation':
      return t('outbox-conversation-delete', { name: item.conversation_name });
    case 'leave_conversation':
      return t('outbox-leave');
    case 'leave_group':
      return t('outbox-leave-group');
    case 'edit_group':
      return t('outbox-group-edit', { name: item.name ?? '' });
    case 'set_group_role':
      return t('outbox-group-role', { people });
    case 'hand_over_group':
      return t('outbox-group-hand-over', { name: item.name ?? '', people });
    case 'delete_group':
      return t('outbox-group-delete', { name: item.name ?? '' });
    case 'set_read_receipts':
      return t('outbox-receipts');
    case 'set_status':
      return t('outbox-status');
    case 'set_about':
      return t('outbox-about');
    case 'set_name':
      return t('outbox-name', { name: item.name ?? '' });
    case 'arrange_conversation':
      return t('outbox-arrange');
    case 'set_privacy':
      return t('outbox-privacy');
    case 'rename_device':
      return t('outbox-device', { name: item.name ?? '' });
    case 'request_friend':
      return t('outbox-request-friend', { name: people });
    case 'invite_to_group':
      return t('outbox-invite', { name: item.name ?? '', people });
    case 'answer_invitation':
      return t('outbox-answer');
    case 'read_notifications':
      return t('outbox-read');
    case 'withdraw_invitation':
      return t('outbox-withdraw');
    case 'remove_contact':
      return t('outbox-remove-contact', { name: people });
    case 'block_user':
      return t('outbox-block', { name: people });
    case 'unblock_user':
      return t('outbox-unblock', { name: people });
    default:
      return item.text ?? t('outbox-change');
  }
}

export function iconOf(item: OutboxItem): IconName {
  if (item.state.kind === 'failed') return 'circle-alert';
  switch (item.what) {
    case 'send_message':
      return 'message-circle';
    case 'forward_message':
      return 'forward';
    case 'schedule_message':
    case 'change_scheduled':
    case 'cancel_scheduled':
      return 'calendar-clock';
    case 'edit_message':
      return 'pencil';
    case 'delete_message':
    case 'delete_group':
    case 'delete_conversation':
      return 'trash-2';
    case 'react':
    case 'take_reaction_back':
      return 'smile';
    case 'star':
    case 'unstar':
      return 'star';
    case 'create_collection':
    case 'rename_collection':
    case 'delete_collection':
    case 'collect':
    case 'take_out_of_collection':
      return 'folder';
    case 'pin_message':
    case 'unpin_message':
      return 'pin';
    case 'hide_message':
      return 'eye-off';
    case 'show_message':
      return 'eye';
    case 'follow_thread':
    case 'leave_thread':
      return 'message-circle';
    case 'edit_group':
    case 'edit_conversation':
    case 'set_shared_history':
      return 'pencil';
    case 'create_direct':
    case 'create_conversation':
    case 'create_group':
    case 'create_channel':
    case 'add_members':
    case 'add_group_members':
    case 'request_friend':
    case 'invite_to_group':
      return 'user-plus';
    case 'remove_member':
    case 'remove_group_member':
    case 'leave_conversation':
    case 'leave_group':
    case 'remove_contact':
    case 'set_group_role':
    case 'set_member_role':
    case 'hand_over_group':
      return 'user';
    case 'block_user':
    case 'unblock_user':
      return 'shield';
    default:
      return 'check';
  }
}

/** `left`: seconds to the entry's own next try, or to when it goes; 0 when none is known. */
export function whyOf(item: OutboxItem, offline: boolean, left: number): string {
  const { state, wait } = item;
  if (state.kind === 'failed') return worded(state.problem).message;
  if (state.kind === 'canceling') return offline ? t('outbox-canceling-offline') : t('delivery-canceling');
  if (state.kind === 'sending') return t('delivery-sending');
  if (wait?.kind === 'needs') return wait.failed ? t('outbox-needs-failed') : t('outbox-needs');
  if (offline) return t('outbox-since', { time: clock(item.since_local) });
  if (wait?.kind === 'held' && left > 0) return t('outbox-held', { seconds: left });
  if (wait?.kind === 'told') {
    const { message } = worded(wait.problem);
    return left > 0 ? `${message} ${t('outbox-next-try', { seconds: left })}` : message;
  }
  if (wait?.kind === 'behind') return t('outbox-behind');
  return item.tries > 0 ? t('outbox-tries', { count: item.tries }) : t('note-waiting');
}
