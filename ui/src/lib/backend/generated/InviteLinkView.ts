// t
import type { InviteLinkId } from "./InviteLinkId";
import type { MemberRole } from "./MemberRole";
export type InviteLinkView = { id: InviteLinkId, role: MemberRole, by: string, expires_at: number, uses_left: number, link: string | null, };
