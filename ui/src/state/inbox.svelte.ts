/** What I am told of: asked for at the start, and again whenever it or what it is about has changed. */
import { call } from '../lib/backend';
import type { InboxItem } from '../lib/backend';
import { coalesce } from '../lib/coalesce';

class Inbox {
  items = $state.raw<InboxItem[] | null>(null);

  /** What cannot be read now stays as it was: the list beside it says what is wrong. */
  readonly refresh = coalesce(async () => {
    try {
      this.items = await call('list_inbox');
    } catch {
      return;
    }
  });

  /** What I have been told and not read. */
  get untold(): string[] {
    return (this.items ?? []).flatMap(({ id, read }) => (read ? [] : [id]));
  }

  clear(): void {
    this.items = null;
  }
}

export const inbox = new Inbox();
