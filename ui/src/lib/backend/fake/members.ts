/** What the fake's conversations are called and who is in them, as the server would keep it and tell it in the timeline. */
import type { Commands } from '../commands';
import type { GroupMemberView, HappenedTo, HappenedView, MemberRole, Problem } from '../types';
import type { Fake } from './fake';
import { MADE_AT, ME, entry, freshId } from './model';
import type { Conversation } from './model';
import { OFFLINE, makePicture } from './profiles';

type Names =
  | 'list_members'
  | 'edit_conversation'
  | 'set_conversation_picture'
  | 'remove_conversation_picture'
  | 'delete_conversation'
  | 'set_shared_history'
  | 'add_members'
  | 'remove_member'
  | 'set_member_role';

const INVALID_NAME: Problem = { code: 'invalid_name', message: 'Give it a name of at most 128 characters.' };

export function memberHandlers(fake: Fake): Pick<Commands, Names> {
  const membersOf = ({ id, home, private: secret }: Conversation): GroupMemberView[] =>
    fake.members.get(home && !secret ? home : id) ?? [{ person: ME, role: 'owner', joined_at: MADE_AT, waiting: false }];
  const manages = (role: MemberRole | undefined) => role === 'owner' || role === 'admin';
  const roleIn = (members: GroupMemberView[]) => members.find(({ person }) => person.user === ME.user)?.role;

  /** It shows at once; the timeline tells it when the server has it. */
  function goesOut(conversation: Conversation, what: string, some: { name?: string | null; people?: string[] }, done: () => void): void {
    if (fake.connection.kind === 'live') done();
    else {
      const item = entry({ what, conversation: conversation.id, conversation_name: conversation.name, since_local: fake.now(), ...some });
      fake.outbox.push(item);
      fake.whenDelivered.set(item.id, done);
    }
    fake.changed(conversation.id);
  }

  /** It needs the server, and is told in the timeline. */
  function show(conversation: string, picture: string | null): null {
    if (fake.connection.kind !== 'live') throw OFFLINE;
    fake.find(conversation).picture = picture;
    happens(fake, conversation, ME.user, { event: 'picture_set', removed: picture === null });
    return null;
  }

  const names = (people: string[]) => fake.people.filter(({ user }) => people.includes(user)).map(({ name }) => name);
  const to = (user: string): HappenedTo => ({ user, me: user === ME.user, deleted: false, name: names([user])[0] ?? '' });

  return {
    list_members: ({ conversation }) => {
      const found = fake.find(conversation);
      const members = membersOf(found);
      const group = found.home ? roleIn(fake.members.get(found.home) ?? []) : undefined;
      const role = roleIn(members) ?? null;
      const own = !found.home || found.private;
      const deletes = found.home ? manages(group) : found.kind === 'group' && role === 'owner';
      return { role, edits: manages(found.home ? group : (role ?? undefined)), deletes, shared_history: own ? (found.shared_history ?? true) : null, own_members: own, made: { at: MADE_AT, by: members.find((one) => one.role === 'owner')?.person ?? null }, members };
    },
    edit_conversation: ({ conversation, name, topic }) => {
      const found = fake.find(conversation);
      if (name !== null && !name.trim()) throw INVALID_NAME;
      goesOut(found, 'edit_conversation', { name }, () => happens(fake, conversation, ME.user, { event: 'edited', name: name !== null, topic: topic !== null }));
      Object.assign(found, name === null ? {} : { name: name.trim() }, topic === null ? {} : { topic: topic.trim() });
      fake.changed(conversation);
      return null;
    },
    set_conversation_picture: ({ conversation, image }) => show(conversation, makePicture(fake, image)),
    remove_conversation_picture: ({ conversation }) => show(conversation, null),
    set_shared_history: ({ conversation, on }) => {
      const found = fake.find(conversation);
      found.shared_history = on;
      goesOut(found, 'set_shared_history', {}, () => happens(fake, conversation, ME.user, { event: 'history_set', shared: on }));
      return null;
    },
    delete_conversation: ({ conversation }) => {
      goesOut(fake.find(conversation), 'delete_conversation', {}, () => {
        fake.conversations = fake.conversations.filter(({ id }) => id !== conversation);
        fake.emit({ kind: 'conversations' });
      });
      return null;
    },
    add_members: ({ conversation, people }) => {
      const found = fake.find(conversation);
      const there = membersOf(found);
      const added = fake.people.filter(({ user }) => people.includes(user) && there.every(({ person }) => person.user !== user));
      const put = (waiting: boolean) => fake.members.set(conversation, [...there, ...added.map((person): GroupMemberView => ({ person, role: 'member', joined_at: waiting ? null : fake.now(), waiting }))]);
      put(true);
      goesOut(found, 'add_members', { people: added.map(({ name }) => name) }, () => {
        put(false);
        happens(fake, conversation, ME.user, { event: 'added', people: added.map(({ user }) => to(user)) });
      });
      return null;
    },
    remove_member: ({ conversation, member }) => {
      const found = fake.find(conversation);
      if (member === ME.user) {
        goesOut(found, 'leave_conversation', {}, () => {
          fake.conversations = fake.conversations.filter(({ id }) => id !== conversation);
          fake.emit({ kind: 'conversations' });
        });
        return null;
      }
      fake.members.set(conversation, membersOf(found).filter(({ person }) => person.user !== member));
      goesOut(found, 'remove_member', { people: names([member]) }, () => happens(fake, conversation, ME.user, { event: 'removed', person: to(member), heir: null }));
      return null;
    },
    set_member_role: ({ conversation, member, role }) => {
      const found = fake.find(conversation);
      const set = (waiting: boolean) =>
        fake.members.set(conversation, membersOf(found).map((one) => (one.person.user === member ? { ...one, role, waiting } : one)));
      set(true);
      goesOut(found, 'set_member_role', { people: names([member]) }, () => {
        set(false);
        happens(fake, conversation, ME.user, { event: 'role_set', person: to(member), role });
      });
      return null;
    },
  };
}

/** The timeline tells what somebody did. */
export function happens(fake: Fake, conversation: string, by: string, happened: HappenedView): void {
  const { messages } = fake.find(conversation);
  messages.push({ id: freshId('m'), pos: messages.length + 1, sender: by, content: { kind: 'system', happened }, at: fake.now() });
  fake.changed(conversation);
}
