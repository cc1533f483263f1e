/** What somebody may do about another one in a conversation. The server decides the same; here it is what is offered. */
import type { GroupMemberView, MembersView } from '../../lib/backend';
import type { MemberAct } from '../group/acts';

/** Whether I own it or am an admin of it. */
export function manages({ role }: MembersView): boolean {
  return role === 'owner' || role === 'admin';
}

export function actsOn(about: MembersView, member: GroupMemberView, me: string): MemberAct[] {
  if (!about.own_members || !manages(about) || member.person.user === me) return [];
  if (about.role === 'admin') return member.role === 'member' ? ['remove'] : [];
  return member.role === 'owner' ? ['remove'] : [member.role === 'admin' ? 'member' : 'admin', 'remove'];
}
