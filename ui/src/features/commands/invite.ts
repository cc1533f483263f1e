/** Taking people into a conversation by their usernames; into a private channel those who are in its group. */
import { call } from '../../lib/backend';
import type { ConversationItem, MembersView, PersonView, Problem } from '../../lib/backend';
import { t } from '../../lib/words';
import { friends } from '../../state/friends.svelte';

/** Those who are offered: others can be named all the same, unless it is a channel. */
export async function invitable({ group }: ConversationItem, about: MembersView): Promise<PersonView[]> {
  const all = group ? (await call('list_group_members', { group: group.id })).map(({ person }) => person) : friends.all.contacts;
  return all.filter(({ user }) => about.members.every(({ person }) => person.user !== user));
}

/** All of them or nobody: who is missing is said. */
export async function invite(item: ConversationItem, about: MembersView, typed: string): Promise<Problem | null> {
  const offered = await invitable(item, about);
  const people: string[] = [];
  for (const name of typed.split(/[\s,،、]+/u).filter((piece) => piece !== '')) {
    const username = name.replace(/^@/, '').toLowerCase();
    const found = byName(offered, username) ?? (item.group ? undefined : byName(await call('search_people', { query: username }), username));
    if (!found || about.members.some(({ person }) => person.user === found.user)) return { code: 'nobody', message: t('command-nobody', { name: `@${username}` }) };
    people.push(found.user);
  }
  await call('add_members', { conversation: item.id, people });
  return null;
}

function byName(people: PersonView[], wanted: string): PersonView | undefined {
  return people.find(({ username }) => username.toLowerCase() === wanted);
}
