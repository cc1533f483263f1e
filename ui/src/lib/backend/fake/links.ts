/** The fake's links into groups: those that were made here, and one that somebody sent. */
import type { Commands } from '../commands';
import type { InviteLinkView, Problem } from '../types';
import type { Fake } from './fake';
import { makeGroup } from './groups';
import { channel, freshId } from './model';

type Names = 'create_invite_link' | 'list_invite_links' | 'revoke_invite_link' | 'look_at_invite' | 'join_by_link';
type LinkHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

const OFFLINE: Problem = { code: 'offline', message: 'This needs the server, and it cannot be reached now. Try again when you are back online.' };
const BAD: Problem = { code: 'bad_link', message: 'This is not an invitation link. Ask for it again.' };
const WRONG: Problem = { code: 'wrong_invite_link', message: 'This invitation link is not good any more, or never was. Ask whoever sent it for a new one.' };

/** A link that leads into a group of Maren's. */
export const GOOD_LINK = `hearth://join/northlight.example.org:7380/${'k'.repeat(43)}`;

export function linkHandlers(fake: Fake): LinkHandlers {
  const links = new Map<string, InviteLinkView[]>();

  function good(link: string): void {
    if (fake.connection.kind !== 'live') throw OFFLINE;
    if (!link.trim().startsWith('hearth://join/')) throw BAD;
    if (link.trim() !== GOOD_LINK) throw WRONG;
  }

  const joined = () => fake.groups.find((group) => group.name === 'Night walks');

  return {
    create_invite_link: ({ group, role, lives_ms, uses }) => {
      if (fake.connection.kind !== 'live') throw OFFLINE;
      const made = { id: freshId('l'), role, by: 'Elin Brandt', expires_at: fake.now() + lives_ms, uses_left: uses };
      links.set(group, [{ ...made, link: null }, ...(links.get(group) ?? [])]);
      return { ...made, link: `hearth://join/northlight.example.org:7380/${made.id.padEnd(43, 'x')}` };
    },
    list_invite_links: ({ group }) => {
      if (fake.connection.kind !== 'live') throw OFFLINE;
      return links.get(group) ?? [];
    },
    revoke_invite_link: ({ id }) => {
      for (const [group, made] of links) links.set(group, made.filter((link) => link.id !== id));
      return null;
    },
    look_at_invite: ({ link }) => {
      good(link);
      const group = joined();
      return { group: group?.id ?? 'g-walks', name: 'Night walks', about: 'Out after dark, with a thermos', people: 12, joined: group !== undefined };
    },
    join_by_link: ({ link }) => {
      good(link);
      const known = joined();
      if (known) return known.id;
      const [maren] = fake.people.filter(({ user }) => user === 'u-maren');
      const made = makeGroup(fake, { name: 'Night walks', ...(maren ? { owner: maren } : {}) });
      fake.open(channel(made.id, 'walks', 'walks'));
      fake.emit({ kind: 'groups' });
      return made.id;
    },
  };
}
