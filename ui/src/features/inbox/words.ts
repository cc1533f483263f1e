/** What an entry of the inbox says. */
import { titleOf } from '../../lib/people';
import { t } from '../../lib/words';
import { conversations } from '../../state/conversations.svelte';
import type { Entry } from './entries';

export function saysOf({ what }: Entry): string {
  switch (what.kind) {
    case 'messages':
      return what.unread > 0 ? t('inbox-messages', { count: what.unread }) : t('list-asides', { count: what.asides });
    case 'friend_request':
      return t('inbox-friend');
    case 'group_invitation':
      return t('people-invites-into', { group: what.group_name });
    case 'request_accepted':
      return t('inbox-request-accepted');
    case 'invitation_accepted':
      return t('inbox-invitation-accepted', { group: what.group_name });
    case 'group_deleted':
      return t('inbox-group-deleted');
    case 'conversation_deleted':
      return what.person ? t('inbox-conversation-deleted', { conversation: what.name }) : t('inbox-conversation-deleted-any');
    case 'mention':
      return t('inbox-mention', { place: titleOf(conversations.find(what.conversation) ?? { kind: 'group', name: what.name }) });
    case 'reply':
      return t('inbox-reply', { place: titleOf(conversations.find(what.conversation) ?? { kind: 'group', name: what.name }) });
    case 'missed_call':
      return t('inbox-missed-call');
  }
}

/** What became of what somebody asked; empty while it waits for an answer. */
export function fateOf({ what }: Entry): string {
  if (what.kind !== 'friend_request' && what.kind !== 'group_invitation') return '';
  switch (what.status) {
    case 'accepted':
      return t('inbox-accepted');
    case 'rejected':
      return t('inbox-declined');
    case 'withdrawn':
      return t('inbox-withdrawn');
    default:
      return '';
  }
}
