/**
 * What can be done in a conversation, as one types it behind a slash and as the switcher offers it: one list, each by the act that the
 * window has for it. Only what one may do there is on it.
 */
import type { ConversationItem, MembersView, PersonView, Problem } from '../../lib/backend';
import { isMuted } from '../../lib/muted';
import { t } from '../../lib/words';
import { placeWanted } from '../../state/changes';
import { goTo } from '../../state/view.svelte';
import type { IconName } from '../../shared/icons';
import { manages } from '../conversation/acts';
import { hasDetails, toggleDetails } from '../conversation/details.svelte';
import { archive, arrange, markRead, markUnread, mute, unmute } from '../list/arrange';
import { MOD } from '../main/keys';
import { searchIn } from '../search/here';
import { changeName, changeTopic } from './edit';
import { invitable, invite } from './invite';

export interface Command {
  /** Behind the slash, the same in every language. */
  word: string;
  label: string;
  icon: IconName;
  /** That do the same. */
  keys: string[];
  /** What is typed behind it; `null`: nothing. */
  takes: string | null;
  /** It does without that: the switcher has it. */
  alone: boolean;
  /** Whom an at sign behind it offers, where that is not who is there already. */
  people?: () => Promise<PersonView[]>;
  /** With what was typed behind it. `null`: it is done, or has asked; otherwise what is in the way, if anything is. */
  run: (typed: string) => null | Promise<Problem | null>;
}

/** `about`: who is there, and what I may do; of two people there is no such thing. */
export function commandsOf(item: ConversationItem, about: MembersView | null): Command[] {
  return [...looking(item), ...reading(item), ...arranging(item), ...(about ? changing(item, about) : [])];
}

function one(word: string, icon: IconName, label: string, run: () => void, keys: string[] = []): Command {
  return { word, icon, label, keys, takes: null, alone: true, run: () => (run(), null) };
}

function looking(item: ConversationItem): Command[] {
  const search = searchIn(item);
  const found: Command[] = [];
  if (search) {
    const run = (typed: string) => (search(typed), null);
    found.push({ word: 'search', icon: 'search', label: t('command-search'), keys: [MOD, 'Shift', 'F'], takes: t('command-words'), alone: true, run });
  }
  found.push(one('date', 'history', t('date-title'), () => goTo.date(), [MOD, 'J']));
  if (hasDetails(item)) found.push(one('details', 'info', t('command-details'), () => toggleDetails(item), [MOD, '.']));
  return found;
}

/** As in its menu, and to where the unread ones begin. */
function reading({ id, last, unread }: ConversationItem): Command[] {
  if (unread === 0) return last ? [one('unread', 'mail', t('mark-unread'), () => void markUnread(id))] : [];
  return [
    one('first', 'chevron-up', t('keys-first-unread'), () => toUnread(id), ['Shift', 'PgUp']),
    one('read', 'mail-open', t('mark-read'), () => void markRead(id), ['Esc']),
  ];
}

/** One that is opened anew begins there by itself. */
function toUnread(id: string): void {
  goTo.conversation(id);
  placeWanted.tell('unread');
}

function arranging(item: ConversationItem): Command[] {
  const { id } = item;
  return [
    isMuted(item, Date.now())
      ? one('unmute', 'bell', t('unmute'), () => void unmute(id))
      : one('mute', 'bell-off', t('mute-for-ever'), () => void mute(id)),
    item.pinned
      ? one('unpin', 'pin-off', t('unpin'), () => void arrange(id, { pinned: false }))
      : one('pin', 'pin', t('pin'), () => void arrange(id, { pinned: true })),
    item.archived
      ? one('unarchive', 'archive-restore', t('unarchive'), () => void arrange(id, { archived: false }))
      : one('archive', 'archive', t('archive'), () => void archive(id)),
  ];
}

function changing(item: ConversationItem, about: MembersView): Command[] {
  const found: Command[] = [];
  const taking = (some: Pick<Command, 'word' | 'icon' | 'label' | 'run'> & { takes: string }) => found.push({ ...some, keys: [], alone: false });
  if (about.edits) {
    taking({ word: 'name', icon: 'pencil', label: t('command-name'), takes: t('command-text'), run: (typed) => changeName(item.id, typed) });
    taking({ word: 'topic', icon: 'pencil', label: t('command-topic'), takes: t('command-text'), run: (typed) => changeTopic(item.id, typed) });
  }
  if (about.own_members && manages(about)) {
    const people = () => invitable(item, about);
    const run = (typed: string) => invite(item, about, typed);
    found.push({ word: 'invite', icon: 'user-plus', label: t('command-invite'), keys: [], takes: t('command-people'), alone: false, people, run });
  }
  if (about.own_members && about.role) found.push(one('leave', 'log-out', t('command-leave'), () => goTo.out(item.id)));
  return found;
}
