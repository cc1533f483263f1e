// t
import type { GroupId } from "./GroupId";
export type InviteView = { group: GroupId, name: string, about: string, people: number, joined: boolean, };
