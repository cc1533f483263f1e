/** My contacts, who asks whom, and whom I have blocked: asked for at the start, and again whenever it changed. */
import { call } from '../lib/backend';
import type { AskedView, FriendsView } from '../lib/backend';
import { coalesce } from '../lib/coalesce';

const NOBODY: FriendsView = { contacts: [], incoming: [], outgoing: [], blocked: [] };

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

  clear(): void {
    this.all = NOBODY;
  }
}

export const friends = new Friends();
