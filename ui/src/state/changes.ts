/** What components hear of besides the stores: something was changed elsewhere, so ask again for what is on the screen. */
import type { DatePlace } from '../lib/backend';

function signal<Told extends unknown[]>() {
  const listeners = new Set<(...told: Told) => void>();
  return {
    tell(...told: Told): void {
      for (const listener of listeners) listener(...told);
    },
    /** Returns the way to stop listening. */
    listen(listener: (...told: Told) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A conversation's timeline. */
export const timelineChanged = signal<[conversation: string]>();

/** Where in the open conversation somebody wants to be: what comes next is read from its first word, or all of it is; or where a day begins. */
export const placeWanted = signal<[place: 'unread' | 'end' | DatePlace]>();

/** What people tell of themselves, or I of me. */
export const peopleChanged = signal<[]>();

/** Who is in my groups, or what waits to change that. */
export const groupsChanged = signal<[]>();

/** My collections, what is in them, or what waits to change that. */
export const collectionsChanged = signal<[]>();

/** My devices, or what waits to change them. */
export const devicesChanged = signal<[]>();
