/** A server with many people, and with names that are hard to draw: everything about people at its fullest. */
import type { InboxItem, InboxWhat, PersonView, Role } from '../types';
import type { Fake } from './fake';
import { makeGroup } from './groups';
import { ME, person } from './model';
import { EVERY, standingOf } from './roles';

const MINUTE = 60_000;
const DAY_MS = 1_440 * MINUTE;
const CONTACTS = 64;

/** As long as names get, with spaces and without; without a letter; and in both directions. */
const HARD = [
  person('maximiliana.alexandrovna.von.hohenfels', 'Maximiliana Alexandrovna Donatella von Hohenfels-Wolkenstein zu Brandenburg-Ansb'),
  person('donaudampfschiff', 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaf'),
  person('sparks', '🔭🔥🏔️✨'),
  person('yael.k', 'יעל כהן־אברמוביץ'),
  person('abdulrahman', 'عبد الرحمن (Abdul) الخوارزمي'),
  person('mei', '山田 美咲'),
] as const;
const [longest, endless, sparks, yael, abdul, mei] = HARD;

const FIRST = ['Ada', 'Bruno', 'Chidi', 'Dagny', 'Elif', 'Fumiko', 'Goran', 'Hanneke'];
const LAST = ['Abernathy', 'Bergström', 'Castellanos', 'Dziedzic', 'Eriksen', 'Fontaine', 'Grünwald', 'Hakimi'];

function someone(at: number): PersonView {
  const [first, last] = [FIRST[at % 8] ?? '', LAST[(at >> 3) % 8] ?? ''];
  return person(`${first}.${last}.${at}`.toLowerCase(), `${first} ${last}`);
}

export function crowd(fake: Fake): Fake {
  const now = fake.now();
  const others = Array.from({ length: CONTACTS }, (_, at) => someone(at));
  const [ada, bruno, chidi, dagny] = others as [PersonView, PersonView, PersonView, PersonView];
  fake.people = [...fake.people, ...HARD, ...others];

  const asked = (from: PersonView, note: string, ago: number) => ({ id: `i-${from.user}`, person: from, note, at: now - ago * MINUTE });
  const into = (from: PersonView, note: string, ago: number, group_name: string) => ({ ...asked(from, note, ago), id: `g-${from.user}`, group: `g-${from.user}`, group_name });
  const incoming = [asked(longest, 'We met at the open evening, I am the one with the very long name and an even longer question about the guiding of the sixty centimetre.', 12), asked(yael, 'נפגשנו בהר! (Elin, remember?)', 90), asked(endless, `https://example.org/${'path/'.repeat(16)}`, 700)];
  const invited = [into(abdul, 'تعال معنا to the walk on Friday', 40, 'الفلكيون (Amateur astronomers)'), into(ada, '', 2_000, 'Everybody who ever had anything to do with the observatory and its many friends')];
  fake.friends = {
    contacts: [...HARD.slice(2), ...others.slice(0, 2), ...others.slice(3, 40), ...others.slice(44)],
    incoming,
    outgoing: [asked(bruno, 'It is Elin, from the workshop', 60), { ...asked(mei, '', 0), at: null }],
    invited,
    inviting: [],
    blocked: [chidi, ...others.slice(40, 44)],
  };
  fake.tells(sparks.user, { presence: 'online', status: { text: '✨ in the dome until the clouds come, which the forecast says will be at about half past three', until: null } });
  fake.tells(abdul.user, { presence: 'away', status: { text: 'في الجبل until Sunday', until: now + DAY_MS }, about: 'أحب النجوم\nand long walks, عند الفجر.' });
  fake.tells(ada.user, { deactivated: true });
  fake.tells(dagny.user, { last_seen: now - 3 * DAY_MS, about: `A word without an end: ${'Donaudampfschifffahrts'.repeat(6)}\n\n${'And lines that go on for a while. '.repeat(12)}` });

  const group = makeGroup(fake, { name: 'Everybody who ever had anything to do with the observatory and its many friends', about: `What it is about, at some length. ${'It goes on for a while. '.repeat(6)}`, people: [...HARD, ...others] });
  makeGroup(fake, { name: 'الفلكيون (Amateur astronomers)', about: 'مساء مفتوح every Friday', owner: abdul, people: [yael, mei] });
  const members = fake.members.get(group.id) ?? [];
  fake.members.set(group.id, members.map((member, at) => (at === 1 || at === 4 ? { ...member, role: 'admin' as const } : at === 2 ? { ...member, waiting: true } : member)));
  fake.friends.inviting = [{ ...into(mei, '', 30, group.name), group: group.id }, { ...into(longest, '', 0, ''), group: group.id, at: null }];

  const told = (at: number, read: boolean, what: InboxWhat): InboxItem => ({ id: `n-${at}`, at: now - at * MINUTE, read, what });
  fake.told = [
    ...incoming.map((one, at) => told(at + 12, at > 1, { kind: 'friend_request', asked: one, status: at > 1 ? 'withdrawn' : 'pending' })),
    ...invited.map((one, at) => told(at + 40, false, { kind: 'group_invitation', asked: one, group_name: one.group_name, status: at > 0 ? 'accepted' : 'pending' })),
    told(50, false, { kind: 'request_accepted', person: endless }),
    told(60, true, { kind: 'invitation_accepted', person: mei, group: group.id, group_name: group.name }),
    told(70, true, { kind: 'group_deleted', group: 'g-gone', name: 'الفلكيون (Amateur astronomers)' }),
    told(80, true, { kind: 'mention', conversation: 'c-first-light', name: 'first-light', message: fake.find('c-first-light').messages.at(-2)?.id ?? '', person: person('maren', 'Maren Solberg'), text: '@elin.brandt slot is booked. Can you bring the 2″ diagonal and red torches?' }),
    told(90, true, { kind: 'missed_call', conversation: 'c-maren', name: 'Maren Solberg' }),
    ...others.slice(0, 60).map((one, at) => told(1_500 + at * 300, true, { kind: 'request_accepted', person: one })),
  ];
  fake.devices = [...fake.devices, ...others.slice(0, 9).map((one, at) => ({ id: `d-${at}`, name: at ? `${one.name}’s computer` : endless.name, platform: 'linux', signed_in_at: now - at * DAY_MS, seen_at: now - at * DAY_MS, mine: false }))];
  fake.mine = { ...fake.mine, status: { text: 'On the mountain', until: now + DAY_MS / 3 }, about: 'Keeps the sixty centimetre going.' };
  fake.ways = { accounts: [{ id: 'e-1', provider: 'Example', provider_id: 'example', label: 'elin@id.example.org', linked_at: now - 9 * DAY_MS, refused_at: now - DAY_MS }], providers: [{ id: 'example', name: 'Example' }, { id: 'uni', name: 'University of the Northern Lights and Other Phenomena' }], password: true, password_changed_at: null };
  fake.two_step = now - 30 * DAY_MS;
  administered(fake, [longest, yael, ada, bruno]);
  return fake;
}

/** The server as its admin sees it: of every act one, and of every state. */
function administered(fake: Fake, [longest, yael, ada, bruno]: [PersonView, PersonView, PersonView, PersonView]): void {
  const now = fake.now();
  const { admin } = fake;
  const [host, long]: [Role, Role] = ['role-host', 'role-long'];
  const named = [{ role: host, name: 'Host' }, { role: long, name: 'Whoever looks after the guests of the open evenings on the mountain' }] as const;
  admin.populate(fake.people, now);
  admin.roles = [{ ...named[0], permissions: ['find_people', 'invite_to_server'] }, { ...named[1], permissions: [...EVERY] }];
  admin.accounts = admin.accounts.map((account, at) => ({
    ...account,
    role: at === 3 ? 'admin' : at === 5 ? host : account.person.user === longest.user ? long : account.role,
    deactivated: account.person.user === ada.user ? { at: now - DAY_MS, by_oneself: false } : account.person.user === bruno.user ? { at: now - DAY_MS, by_oneself: true } : null,
  }));
  const acts = [
    { kind: 'give_role', from: { role: 'member', name: '' }, to: named[1] },
    { kind: 'deactivate' },
    { kind: 'reactivate' },
    { kind: 'make_reset' },
    { kind: 'sign_out_everywhere' },
    { kind: 'turn_off_two_step' },
    { kind: 'create_role', name: named[1].name, permissions: [...EVERY] },
    { kind: 'change_role', before: 'Host', name: 'Host', permissions: ['find_people'] },
    { kind: 'change_role', before: 'Guide', name: 'Host', permissions: [] },
    { kind: 'delete_role', name: 'Friend of the house' },
    { kind: 'change_settings', changes: [{ setting: 'sign_up', from: '"open"', to: '"invited"' }, { setting: 'retention_days', from: 'null', to: '365' }, { setting: 'mail_domains', from: '[]', to: '["example.org","northlight.example.org"]' }] },
    { kind: 'create_invite', role: named[0], uses: 5 },
    { kind: 'revoke_invite' },
    { kind: 'unknown' },
  ] as const;
  acts.forEach((act, at) => admin.log(at % 5 === 4 ? null : at % 3 === 0 ? ME : yael, at % 2 ? longest : yael, structuredClone(act) as never, now - (acts.length - at) * 50 * MINUTE));
  for (let at = 0; at < 50; at += 1) admin.log(ME, bruno, { kind: 'sign_out_everywhere' }, now - 40 * MINUTE + at);
  admin.invites = [ME, longest, null].map((made_by, at) => ({ id: `inv-${at}`, role: at === 1 ? long : 'member', made_by, created_at: now - at * DAY_MS, expires_at: now + (at + 1) * DAY_MS, uses_left: at * 7 + 1 }));
  fake.standing = standingOf('admin');
}
