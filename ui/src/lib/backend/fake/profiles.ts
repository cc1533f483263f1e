/** What people tell of themselves, of the fake. The server makes of an image what it is, under another name each time. */
import type { Commands } from '../commands';
import type { OwnProfileView } from '../types';
import { viewOf } from './account';
import type { Fake } from './fake';
import { ME } from './model';

type Name = 'list_profiles' | 'get_profile' | 'set_status' | 'set_about' | 'set_name' | 'set_privacy' | 'get_picture' | 'set_picture' | 'remove_picture';
type Handlers = { [K in Name]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

const NOT_FOUND = { code: 'not_found', message: 'There is nothing here, or it is not yours to see.' };
export const OFFLINE = { code: 'offline', message: 'This needs the server, and there is no connection.' };

/** A picture of an image, under a name of its own. */
export function makePicture(fake: Fake, image: string): string {
  const picture = `picture-${fake.pictures.size + 1}`;
  fake.pictures.set(picture, `data:image/jpeg;base64,${image}`);
  return picture;
}

export function profileHandlers(fake: Fake): Handlers {
  const say = (said: Partial<OwnProfileView>) => {
    fake.mine = { ...fake.mine, ...said };
    fake.emit({ kind: 'people' });
    return null;
  };
  const show = (picture: string | null) => {
    if (fake.connection.kind !== 'live') throw OFFLINE;
    fake.tells(ME.user, { picture });
    return say({ picture });
  };
  return {
    list_profiles: ({ people }) => people.flatMap((user) => fake.profiles.get(user) ?? []),
    get_profile: () => fake.mine,
    set_status: ({ text, until }) => say({ status: text ? { text, until } : null }),
    set_about: ({ text }) => say({ about: text }),
    set_name: ({ first_name, last_name }) => {
      if (fake.phase.kind === 'ready') fake.setPhase({ ...fake.phase, me: { ...fake.phase.me, name: `${first_name} ${last_name}`.trim() } });
      if (!fake.app) fake.emit({ kind: 'accounts', accounts: [viewOf(fake)] });
      return say({ first_name, last_name });
    },
    set_privacy: ({ field, to }) => say({ [`${field}_to`]: to }),
    get_picture: ({ picture }) => {
      if (fake.connection.kind !== 'live') throw OFFLINE;
      const url = fake.pictures.get(picture);
      if (url === undefined) throw NOT_FOUND;
      return url;
    },
    set_picture: ({ image }) => show(makePicture(fake, image)),
    remove_picture: () => show(null),
  };
}
