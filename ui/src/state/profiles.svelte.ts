/** What people tell of themselves, for those on the screen: asked for when somebody is shown, and again when people changed. */
import { call } from '../lib/backend';
import type { Presence, ProfileView } from '../lib/backend';
import { coalesce } from '../lib/coalesce';
import { counts } from '../lib/people';
import { listTime } from '../lib/time';
import { t } from '../lib/words';
import { now } from './now.svelte';

/** The longest wait that a timer takes. */
const WAIT_MS_MAX = 2_147_483_647;

class Profiles {
  #known = $state.raw(new Map<string, ProfileView>());
  #now = $state(Date.now());
  readonly #shown = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The words beside a name, while they count. */
  status(user: string): string {
    const status = this.#known.get(user)?.status;
    return counts(status, this.#now) ? status.text : '';
  }

  /** What somebody looks like; `null` where nobody says. */
  picture(user: string): string | null {
    return this.#known.get(user)?.picture ?? null;
  }

  /** Who somebody is, in their own words. */
  about(user: string): string {
    return this.#known.get(user)?.about ?? '';
  }

  /** Their account waits: they read nothing meanwhile. */
  deactivated(user: string): boolean {
    return this.#known.get(user)?.deactivated ?? false;
  }

  /** How somebody is here; `null` where nobody says. */
  presence(user: string): Presence | null {
    return this.deactivated(user) ? null : (this.#known.get(user)?.presence ?? null);
  }

  /** The same in a word, but for those who are not: then it matters since when. */
  here(user: string): string {
    const presence = this.presence(user);
    if (presence === 'online') return t('presence-online');
    return presence === 'away' ? t('presence-away') : '';
  }

  /** One line about somebody: their words, or else how they are here, or when they were last. */
  line(user: string): string {
    if (this.deactivated(user)) return t('person-deactivated');
    const seen = this.#known.get(user)?.last_seen ?? null;
    return this.status(user) || this.here(user) || (seen === null ? '' : t('last-seen', { time: listTime(seen, now.day) }));
  }

  /** These people are on the screen; returns the way to take them off it. */
  show(people: string[]): () => void {
    const fresh = people.some((user) => !this.#shown.has(user));
    for (const user of people) this.#shown.set(user, (this.#shown.get(user) ?? 0) + 1);
    // Of those who are on the screen already everything is known.
    if (fresh) void this.refresh();
    return () => {
      for (const user of people) {
        const left = (this.#shown.get(user) ?? 1) - 1;
        if (left > 0) this.#shown.set(user, left);
        else this.#shown.delete(user);
      }
    };
  }

  /** What cannot be read now stays as it was: the page shows more important trouble elsewhere. */
  readonly refresh = coalesce(async () => {
    // Whoever was shown last first: of so many the server tells how they are here.
    const people = [...this.#shown.keys()].reverse();
    if (people.length === 0) return;
    try {
      const found = await call('list_profiles', { people });
      this.#known = new Map(found.map((profile) => [profile.user, profile]));
    } catch {
      return;
    }
    this.#look();
  });

  clear(): void {
    clearTimeout(this.#timer);
    this.#known = new Map();
  }

  /** Looks at the clock, and again when the next of the words run out. */
  #look(): void {
    clearTimeout(this.#timer);
    this.#now = Date.now();
    const ends = [...this.#known.values()].map(({ status }) => status?.until ?? Infinity).filter((until) => until > this.#now);
    const next = Math.min(...ends);
    if (next < Infinity) this.#timer = setTimeout(() => this.#look(), Math.min(next - this.#now, WAIT_MS_MAX));
  }
}

export const profiles = new Profiles();
