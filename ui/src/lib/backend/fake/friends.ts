/** The fake's friends: what is asked and blocked shows at once, whether the server has heard of it or not. */
import type { Commands } from '../commands';
import type { FriendsView, PersonView } from '../types';
import type { Fake } from './fake';
import { makeGroup } from './groups';
import { ME } from './model';

type Names = 'list_friends' | 'request_friend' | 'invite_to_group' | 'answer_invitation' | 'withdraw_invitation' | 'remove_contact' | 'block_user' | 'unblock_user' | 'list_nameable' | 'list_nameable_channels' | 'look_at_everyone';
type FriendHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

export const NO_FRIENDS: FriendsView = { contacts: [], incoming: [], outgoing: [], invited: [], inviting: [], blocked: [] };

export function friendHandlers(fake: Fake): FriendHandlers {
  const known = (user: string): PersonView => fake.people.find((person) => person.user === user) ?? { user, username: user, name: user };

  function become(change: Partial<FriendsView>): null {
    fake.friends = { ...fake.friends, ...change };
    fake.emit({ kind: 'friends' });
    return null;
  }

  return {
    list_friends: () => fake.friends,
    list_nameable: ({ conversation }) => {
      const { peer } = fake.find(conversation);
      return peer ? [peer] : fake.people.toSorted((one, other) => one.name.localeCompare(other.name));
    },
    list_nameable_channels: ({ conversation }) => {
      const { home } = fake.find(conversation);
      const beside = fake.conversations.filter((one) => home !== undefined && home !== null && one.home === home && (!one.private || one.id === conversation));
      return beside.map(({ id, name }) => ({ id, name })).toSorted((one, other) => one.name.localeCompare(other.name));
    },
    look_at_everyone: ({ conversation, text }) => {
      const { peer, home } = fake.find(conversation);
      if (peer) return { named: false, others: 0, allowed: false, warns: false };
      const there = fake.members.get(conversation) ?? fake.members.get(home ?? '');
      const role = there?.find(({ person }) => person.user === ME.user)?.role;
      const others = there ? there.filter(({ person }) => person.user !== ME.user).length : fake.people.length;
      const named = /(^|[^\p{L}\p{N}@_/])@everyone(?![\p{L}\p{N}_-])/iu.test(text);
      return { named, others, allowed: others < 20 || role === 'owner' || role === 'admin', warns: others > 10 };
    },
    request_friend: ({ to, note }) => {
      const { contacts, incoming, outgoing } = fake.friends;
      const asks_me = incoming.some(({ person }) => person.user === to);
      if (asks_me) return become({ contacts: [...contacts, known(to)], incoming: incoming.filter(({ person }) => person.user !== to) });
      const at = fake.connection.kind === 'live' ? fake.now() : null;
      return become({ outgoing: [{ id: `i-${to}`, person: known(to), note, at }, ...outgoing] });
    },
    invite_to_group: ({ group, people, note }) => {
      const at = fake.connection.kind === 'live' ? fake.now() : null;
      const group_name = fake.groups.find(({ id }) => id === group)?.name ?? '';
      const asked = people.map((user) => ({ id: `i-${group}-${user}`, person: known(user), note, at, group, group_name }));
      const before = fake.friends.inviting.filter(({ id }) => asked.every((one) => one.id !== id));
      return become({ inviting: [...asked, ...before] });
    },
    answer_invitation: ({ id, accept }) => {
      const { contacts, incoming, invited } = fake.friends;
      fake.told = fake.told.map((item) =>
        'asked' in item.what && item.what.asked.id === id ? { ...item, read: true, what: { ...item.what, status: accept ? 'accepted' : 'rejected' } } : item,
      );
      const asked = incoming.find((one) => one.id === id);
      const into = invited.find((one) => one.id === id);
      if (into && accept) {
        makeGroup(fake, { name: into.group_name, owner: into.person });
        fake.emit({ kind: 'groups' });
      }
      return become({ invited: invited.filter((one) => one !== into), contacts: asked && accept ? [...contacts, asked.person] : contacts, incoming: incoming.filter((one) => one !== asked) });
    },
    withdraw_invitation: ({ id }) =>
      become({
        outgoing: fake.friends.outgoing.filter((one) => one.id !== id),
        inviting: fake.friends.inviting.filter((one) => one.id !== id),
      }),
    remove_contact: ({ user }) => become({ contacts: fake.friends.contacts.filter((person) => person.user !== user) }),
    block_user: ({ user }) => {
      const { contacts, incoming, outgoing, invited, inviting, blocked } = fake.friends;
      const others = <T extends { person: PersonView }>(asked: T[]) => asked.filter(({ person }) => person.user !== user);
      become({
        contacts: contacts.filter((person) => person.user !== user),
        incoming: others(incoming),
        outgoing: others(outgoing),
        invited: others(invited),
        inviting: others(inviting),
        blocked: [...blocked, known(user)],
      });
      for (const { id } of fake.conversations) fake.changed(id);
      return null;
    },
    unblock_user: ({ user }) => {
      become({ blocked: fake.friends.blocked.filter((person) => person.user !== user) });
      for (const { id } of fake.conversations) fake.changed(id);
      return null;
    },
  };
}
