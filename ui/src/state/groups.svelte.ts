/** My groups, by name: asked for when something shows them, and again whenever they changed. */
import { call } from '../lib/backend';
import type { GroupView } from '../lib/backend';
import { coalesce } from '../lib/coalesce';

class Groups {
  list = $state.raw<GroupView[]>([]);
  loaded = $state(false);

  /** What cannot be read now stays as it was: the list beside it says what is wrong. */
  readonly refresh = coalesce(async () => {
    try {
      this.list = await call('list_groups');
      this.loaded = true;
    } catch {
      return;
    }
  });

  find(id: string): GroupView | undefined {
    return this.list.find((group) => group.id === id);
  }

  clear(): void {
    this.list = [];
    this.loaded = false;
  }
}

export const groups = new Groups();
