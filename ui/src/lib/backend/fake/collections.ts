/** The fake's collections, as the server would keep them. */
import type { Commands } from '../commands';
import type { Problem } from '../types';
import type { Fake } from './fake';
import { markedIn, starOf } from './marks';
import { freshId } from './model';

/** What is in it, by message: since when. */
export interface Collection {
  id: string;
  name: string;
  inside: Map<string, number>;
}

/** Those of each fake. */
const KEPT = new WeakMap<Fake, Collection[]>();

export function collectionsOf(fake: Fake): Collection[] {
  const kept = KEPT.get(fake) ?? [];
  KEPT.set(fake, kept);
  return kept;
}

export type CollectionNames = 'create_collection' | 'rename_collection' | 'delete_collection' | 'collect' | 'list_collections' | 'list_collected';

export function collectionHandlers(fake: Fake): Pick<Commands, CollectionNames> {
  function find(id: string): Collection {
    const found = collectionsOf(fake).find((collection) => collection.id === id);
    if (!found) throw { code: 'not_found', message: 'There is nothing here, or it is not yours to see.' } satisfies Problem;
    return found;
  }

  const newest = (conversation: string) => markedIn(fake, [fake.find(conversation)], starOf)[0];

  return {
    create_collection: ({ name }) => {
      const made = { id: freshId('l'), name, inside: new Map<string, number>() };
      collectionsOf(fake).push(made);
      fake.emit({ kind: 'collections' });
      return made.id;
    },
    rename_collection: ({ collection, name }) => {
      find(collection).name = name;
      fake.emit({ kind: 'collections' });
      return null;
    },
    delete_collection: ({ collection }) => {
      KEPT.set(fake, collectionsOf(fake).filter(({ id }) => id !== collection));
      fake.emit({ kind: 'collections' });
      return null;
    },
    collect: ({ collection, message, on }) => {
      const { inside } = find(collection);
      if (on) inside.set(message, fake.now());
      else inside.delete(message);
      fake.emit({ kind: 'collections' });
      return null;
    },
    list_collections: ({ message }) => {
      const starred = fake.conversations.flatMap(({ id, name }) => {
        const star = newest(id);
        return star ? [{ conversation: id, name, at: star.at }] : [];
      });
      return {
        conversations: starred.sort((one, other) => other.at - one.at).map(({ conversation, name }) => ({ conversation, name })),
        made: collectionsOf(fake).map(({ id, name, inside }) => ({ id, name, holds: message !== null && inside.has(message) })),
      };
    },
    list_collected: ({ collection, limit }) => {
      const { inside } = find(collection);
      const items = markedIn(fake, fake.conversations, ({ id }) => {
        const at = inside.get(id);
        return at === undefined ? undefined : { at, by: null };
      });
      return { items: items.slice(0, limit), more: items.length > limit };
    },
  };
}
