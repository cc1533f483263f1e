/** What somebody is to me, and what can be done about it. */
import { call } from '../../lib/backend';
import type { PersonView } from '../../lib/backend';
import { t } from '../../lib/words';
import { conversations } from '../../state/conversations.svelte';
import { friends } from '../../state/friends.svelte';
import { may } from '../../state/standing.svelte';
import { attempt } from '../../state/toasts.svelte';
import { goTo } from '../../state/view.svelte';

/** In a few words; empty of somebody whom one could ask. */
export function relation(user: string): string {
  if (friends.isBlocked(user)) return t('people-is-blocked');
  if (friends.isContact(user)) return t('people-is-contact');
  if (friends.to(user)) return t('people-is-asked');
  return friends.from(user) ? t('people-asks-you') : '';
}

export function mayWrite(user: string): boolean {
  return may('start_conversations') || conversations.withPerson(user) !== undefined;
}

/** Opens the conversation with somebody, or begins one. */
export async function write({ user }: PersonView): Promise<void> {
  const known = conversations.withPerson(user);
  if (known) return goTo.conversation(known.id);
  const id = await attempt(() => call('start_direct', { user }));
  if (!id) return;
  await conversations.refresh();
  goTo.conversation(id);
}

export async function answer(id: string, accept: boolean): Promise<void> {
  await attempt(() => call('answer_invitation', { id, accept }));
}

export async function unblock({ user }: PersonView): Promise<void> {
  await attempt(() => call('unblock_user', { user }));
}
