/** What my role on the server is and allows: asked for at the start, and again when something of my account changed. */
import { call } from '../lib/backend';
import type { Permission, Standing } from '../lib/backend';
import { coalesce } from '../lib/coalesce';

/** Offered until more is known: what most may do, and the server decides. */
const USUAL: readonly Permission[] = ['find_people', 'start_conversations', 'create_groups'];

class MyStanding {
  now = $state.raw<Standing | null>(null);

  /** What cannot be read now stays as it was. */
  readonly refresh = coalesce(async () => {
    try {
      this.now = await call('get_standing');
    } catch {
      return;
    }
  });

  clear(): void {
    this.now = null;
  }
}

export const standing = new MyStanding();

/** Whether my role on the server allows it. */
export function may(permission: Permission): boolean {
  return (standing.now?.permissions ?? USUAL).includes(permission);
}
