/** What I am told of: asked for at the start, and again whenever it, what it is about, or what is unread has changed. */
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

  /** What I have been told and not read. Messages count where they are. */
  get untold(): string[] {
    return (this.items ?? []).flatMap(({ id, read }) => (id && !read ? [id] : []));
  }

  clear(): void {
    this.items = null;
  }
}

export const inbox = new Inbox();
