/** What somebody may do about another one in a group. The server decides the same; here it is what is offered. */
import type { GroupMemberView, GroupView } from '../../lib/backend';

export type MemberAct = 'admin' | 'member' | 'hand_over' | 'remove';

export function actsOn(group: GroupView, member: GroupMemberView, me: string): MemberAct[] {
  if (!group.manages || member.person.user === me || member.role === 'owner') return [];
  if (group.role !== 'owner') return member.role === 'member' ? ['remove'] : [];
  return [member.role === 'admin' ? 'member' : 'admin', 'hand_over', 'remove'];
}
