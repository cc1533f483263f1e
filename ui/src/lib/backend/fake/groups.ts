/** The fake's groups: who made which, who is in them, and what waits while the server is away. */
import type { Commands } from '../commands';
import type { GroupMemberView, GroupView, MemberRole, PersonView, Problem } from '../types';
import type { Fake } from './fake';
import { MADE_AT, ME, channel, entry, freshId, group } from './model';
import { OFFLINE, makePicture } from './profiles';

type Names =
  | 'list_groups'
  | 'list_group_members'
  | 'create_conversation'
  | 'create_group'
  | 'create_channel'
  | 'add_group_members'
  | 'leave_group'
  | 'edit_group'
  | 'set_group_role'
  | 'hand_over_group'
  | 'remove_group_member'
  | 'delete_group'
  | 'set_group_picture'
  | 'remove_group_picture';
type GroupHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

const INVALID_NAME: Problem = { code: 'invalid_name', message: 'Give it a name of at most 128 characters.' };

export function groupHandlers(fake: Fake): GroupHandlers {
  const membersOf = (id: string): GroupMemberView[] => fake.members.get(id) ?? [];

  function named(name: string): string {
    if (!name.trim()) throw INVALID_NAME;
    return name.trim();
  }

  /** What changes a group goes out, or waits in the outbox until `deliver`. */
  function goesOut(what: string, some: { name?: string; people?: string[] }, done: () => void): void {
    if (fake.connection.kind === 'live') {
      done();
    } else {
      const item = entry({ what, since_local: fake.now(), ...some });
      fake.outbox.push(item);
      fake.whenDelivered.set(item.id, done);
      fake.tellStatus();
    }
    fake.emit({ kind: 'groups' });
  }

  const nameOf = (user: string): string[] => fake.people.filter((person) => person.user === user).map(({ name }) => name);

  /** They are this from now on; it waits like everything else. */
  function becomes(id: string, user: string, role: MemberRole, what: string | null): void {
    const set = (waiting: boolean) =>
      fake.members.set(id, membersOf(id).map((member) => (member.person.user === user ? { ...member, role, waiting } : member)));
    set(fake.connection.kind !== 'live');
    if (what) goesOut(what, { people: nameOf(user) }, () => set(false));
  }

  function show(id: string, picture: string | null): null {
    if (fake.connection.kind !== 'live') throw OFFLINE;
    fake.groups = fake.groups.map((known) => (known.id === id ? { ...known, picture } : known));
    fake.emit({ kind: 'groups' });
    fake.emit({ kind: 'conversations' });
    return null;
  }

  function left(id: string): void {
    fake.groups = fake.groups.filter((known) => known.id !== id);
    fake.members.delete(id);
    fake.conversations = fake.conversations.filter((conversation) => conversation.home !== id);
    fake.emit({ kind: 'conversations' });
  }

  return {
    list_groups: () => fake.groups,
    list_group_members: ({ group: id }) => membersOf(id),
    create_conversation: ({ name }) => fake.open(group(freshId('g'), named(name))),
    create_group: ({ name, about }) => makeGroup(fake, { name: named(name), about }).id,
    create_channel: ({ group: home, name, topic, private: secret }) => fake.open({ ...channel(home, freshId('ch'), named(name), topic), private: secret }),
    add_group_members: ({ group: id, people }) => {
      const there = membersOf(id);
      const added = fake.people.filter(({ user }) => people.includes(user) && there.every(({ person }) => person.user !== user));
      fake.members.set(id, [...there, ...added.map((person): GroupMemberView => ({ person, role: 'member', joined_at: null, waiting: true }))]);
      goesOut('add_group_members', { people: added.map(({ name }) => name) }, () => {
        fake.members.set(id, membersOf(id).map((member) => (people.includes(member.person.user) ? { ...member, joined_at: fake.now(), waiting: false } : member)));
      });
      return null;
    },
    leave_group: ({ group: id }) => {
      const mine = fake.groups.find((known) => known.id === id);
      if (mine) Object.assign(mine, { leaving: true, manages: false } satisfies Partial<GroupView>);
      goesOut('leave_group', {}, () => left(id));
      return null;
    },
    edit_group: ({ group: id, name, about }) => {
      const to = { ...(name === null ? {} : { name: named(name) }), ...(about === null ? {} : { about: about.trim() }) };
      fake.groups = fake.groups.map((known) => (known.id === id ? { ...known, ...to } : known));
      goesOut('edit_group', name === null ? {} : { name: named(name) }, () => undefined);
      return null;
    },
    set_group_role: ({ group: id, person, role }) => {
      becomes(id, person, role, 'set_group_role');
      return null;
    },
    hand_over_group: ({ group: id, to }) => {
      fake.groups = fake.groups.map((known) => (known.id === id ? { ...known, role: 'admin' } : known));
      becomes(id, ME.user, 'admin', null);
      becomes(id, to, 'owner', 'hand_over_group');
      return null;
    },
    remove_group_member: ({ group: id, person }) => {
      fake.members.set(id, membersOf(id).filter((member) => member.person.user !== person));
      goesOut('remove_group_member', { people: nameOf(person) }, () => undefined);
      return null;
    },
    delete_group: ({ group: id }) => {
      const mine = fake.groups.find((known) => known.id === id);
      if (mine) Object.assign(mine, { deleting: true, manages: false } satisfies Partial<GroupView>);
      goesOut('delete_group', { name: mine?.name ?? '' }, () => left(id));
      return null;
    },
    set_group_picture: ({ group: id, image }) => show(id, makePicture(fake, image)),
    remove_group_picture: ({ group: id }) => show(id, null),
  };
}

/** A group of mine, or one that somebody else owns. */
export function makeGroup(fake: Fake, { name, about = '', owner = ME, people = [] }: { name: string; about?: string; owner?: PersonView; people?: PersonView[] }): GroupView {
  const made: GroupView = { id: freshId('g'), name, about, picture: null, role: owner === ME ? 'owner' : 'member', manages: owner === ME, made: { at: MADE_AT, by: owner }, leaving: false, deleting: false };
  fake.groups.push(made);
  const others = owner === ME ? people : [...people, ME];
  fake.members.set(made.id, [
    { person: owner, role: 'owner', joined_at: MADE_AT, waiting: false },
    ...others.map((person): GroupMemberView => ({ person, role: 'member', joined_at: MADE_AT, waiting: false })),
  ]);
  return made;
}
