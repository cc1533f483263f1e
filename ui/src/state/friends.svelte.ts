/** My contacts, who asks whom, and whom I have blocked: asked for at the start, and again whenever it changed. */
import { call } from '../lib/backend';
import type { AskedView, FriendsView, InvitedView } from '../lib/backend';
import { coalesce } from '../lib/coalesce';

const NOBODY: FriendsView = { contacts: [], incoming: [], outgoing: [], invited: [], inviting: [], blocked: [] };

class Friends {
  all = $state.raw<FriendsView>(NOBODY);

  /** What cannot be read now stays as it was: the list beside it says what is wrong. */
  readonly refresh = coalesce(async () => {
    try {
      this.all = await call('list_friends');
    } catch {
      return;
    }
  });

  isContact(user: string): boolean {
    return this.all.contacts.some((person) => person.user === user);
  }

  isBlocked(user: string): boolean {
    return this.all.blocked.some((person) => person.user === user);
  }

  /** What this person asks me. */
  from(user: string): AskedView | undefined {
    return this.all.incoming.find(({ person }) => person.user === user);
  }

  /** What I ask this person. */
  to(user: string): AskedView | undefined {
    return this.all.outgoing.find(({ person }) => person.user === user);
  }

  /** Whom I invite into this group. */
  into(group: string): InvitedView[] {
    return this.all.inviting.filter((invited) => invited.group === group);
  }

  /** How many wait for an answer of mine. */
  get waiting(): number {
    return this.all.incoming.length + this.all.invited.length;
  }

  clear(): void {
    this.all = NOBODY;
  }
}

export const friends = new Friends();
