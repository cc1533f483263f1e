/** Worlds to look at and to test in, by name. */
import { crowd } from './crowd';
import { Fake, SERVER } from './fake';
import { SAMPLES } from './formatted';
import { makeGroup } from './groups';
import { ME, add, channel, direct, entry, group, person } from './model';
import type { Conversation } from './model';
import { standingOf } from './roles';
import type { Permission, PersonView, Role, SignInReason } from '../types';

const MINUTE = 60_000;

const PEOPLE = [
  person('maren', 'Maren Solberg'),
  person('idris', 'Idris Okafor'),
  person('lucia', 'Lucía Ferrer'),
  person('noor', 'Noor Haddad'),
  person('pavel', 'Павел Орлов'),
  person('sofia', 'Σοφία Λάμπρου'),
  person('anneke', 'Anneke de Vries'),
  person('tomasz', 'Tomasz Wilk'),
  person('yuki', 'Yuki Tanabe'),
  person('yael', 'יעל כהן'),
  person('longname', 'Maximiliana Alexandrovna von Hohenfels-Wolkenstein zu Brandenburg'),
] as const;
const [maren, idris, lucia, noor, pavel, sofia, anneke, tomasz, yuki, yael, longname] = PEOPLE;

type Line = [sender: PersonView, text: string, minutesAgo: number];

function fill(conversation: Conversation, lines: Line[], now: number): Conversation {
  for (const [sender, text, ago] of lines) add(conversation, sender.user, text, now - ago * MINUTE);
  conversation.read_pos = conversation.messages.length;
  return conversation;
}

/** The sample that begins like this. */
function formatted(start: string): string {
  return SAMPLES.find(({ text }) => text.startsWith(start))?.text ?? '';
}

const WORDS = 'the belt fits but tensioner is one hole short so we file it down on site before dusk and check mirror cell again'.split(' ');

/** A long talk, the same each time. */
function talk(conversation: Conversation, people: readonly PersonView[], count: number, now: number): Conversation {
  for (let i = 0; i < count; i += 1) {
    const sender = people[(i * 7 + (i >> 3)) % people.length] ?? ME;
    const length = 3 + ((i * 13) % 22);
    const words = Array.from({ length }, (_, k) => WORDS[(i * 5 + k * 3) % WORDS.length]);
    add(conversation, sender.user, `${i + 1}. ${words.join(' ')}`, now - (count - i) * 11 * MINUTE);
  }
  conversation.read_pos = conversation.messages.length;
  return conversation;
}

function everyday(): Fake {
  const fake = new Fake();
  const now = fake.now();
  const first = fill(
    group('first-light', 'first-light', 'Commissioning the 60 cm'),
    [
      [tomasz, 'Mirror is back in the cell. Collimation took two passes, the second one barely moved anything.', 1_520],
      [tomasz, 'Dome, mount with the new cable loop, and the view we got for free', 1_518],
      [ME, 'That is a relief. I’ll book the first-light slot for the 28th then, Saturday from dusk.', 1_500],
      [yuki, 'Cloud forecast looks kind, and there may be aurora: https://aurora.example/oval', 1_470],
      [idris, formatted('Guiding settles'), 130],
      [idris, 'observing-plan is in the usual place', 127],
      [ME, 'Reviewed, ship it. The 0.8″ limit is right for our seeing.', 110],
      [lucia, formatted('Short version'), 45],
      [yuki, 'First frames through the new corrector ✨', 40],
      [maren, '@elin.brandt slot is booked. Can you bring the 2″ diagonal and red torches?', 38],
      [maren, '🔭🔥', 37],
    ],
    now,
  );
  const [mirror, , relief] = first.messages;
  Object.assign(relief ?? {}, { reply_to: mirror?.id });
  Object.assign(first.messages[9] ?? {}, { reply_to: relief?.id });
  first.read_pos = 8;
  first.mentions = 1;
  const withMaren = fill(
    direct(maren),
    [
      [maren, 'The belt fits, but the tensioner is one hole short. I can file it down on site.', 64],
      [ME, 'Or we drill the plate, I have the press here until Monday. Measured it this morning: 5.2 mm, centre to centre.', 58],
      [ME, 'Same as on your drawing.', 57],
      [maren, 'Drill it then. Train leaves 15:40, I am on the mountain by half past six.', 36],
    ],
    now,
  );
  withMaren.reached.set(maren.user, { delivered: 4, read: 4, at: now - 36 * MINUTE });
  const withIdris = talk(direct(idris), [idris, ME], 1_200, now - 90 * MINUTE);
  const withLucia = fill(direct(lucia), [[lucia, 'Could you have a look at the poster?', 140]], now);
  withLucia.draft = 'About the open evening, could we meet at five instead?';
  const withAnneke = fill(direct(anneke), [[anneke, 'See you on the mountain 🏔️', 4 * 1_440]], now);
  const family = fill(group('family', 'Brandt family'), [[noor, 'Who brings the cake on Sunday?', 200], [noor, 'I can do apple', 199], [noor, formatted('> Who'), 198]], now);
  family.read_pos = 0;
  const withNoor = fill(direct(noor), [[noor, 'Order list for the workshop is in the file, page 2.', 1_440 * 2], [ME, 'Thank you, ordering today', 1_440 * 2 - 9]], now);
  const withPavel = fill(direct(pavel), [[pavel, 'Спасибо, посмотрю вечером', 1_440 * 3]], now);
  const withSofia = fill(direct(sofia), [[sofia, 'Τα λέμε στο βουνό την Κυριακή!', 1_440 * 5]], now);
  const team = fill(group('guiding', 'Guiding team'), [[tomasz, 'Encoder is calibrated', 1_440 * 9]], now);
  fake.tells(maren.user, { status: { text: 'On the mountain until Sunday', until: null }, last_seen: now - 4 * MINUTE });
  fake.tells(idris.user, { last_seen: now - 90 * MINUTE });
  fake.people = [...PEOPLE];
  fake.conversations = [first, withMaren, withIdris, withLucia, family, withNoor, withPavel, withSofia, withAnneke, team];
  fake.delivery_ms = 250;
  return fake;
}

/** Everyday, with groups: two of mine, and one that Maren owns. */
function groups(): Fake {
  const fake = everyday();
  const now = fake.now();
  const mine = makeGroup(fake, { name: 'Northlight Observatory', about: 'Everybody who works on the mountain', people: [maren, idris, tomasz, yael, longname] });
  const other = makeGroup(fake, { name: 'Garden', people: [noor, pavel] });
  const theirs = makeGroup(fake, { name: 'Amateur astronomers', about: 'Open evenings', owner: maren, people: [lucia, sofia] });
  fake.conversations.push(
    fill(channel(mine.id, 'plans', 'plans', 'What we do next'), [[maren, 'The road opens on Friday', 30], [ME, 'Then we go up on Friday', 28]], now),
    { ...channel(mine.id, 'budget', 'budget'), private: true },
    fill(channel(other.id, 'tools', 'tools'), [[noor, 'The saw is back in the shed', 400]], now),
    fill(channel(theirs.id, 'evenings', 'evenings'), [[lucia, '34 people signed up', 50]], now),
  );
  return fake;
}

function offline(): Fake {
  const fake = everyday();
  fake.goOffline();
  for (const text of ['Plate is drilled, 5.2 mm as on your drawing.', 'And the second one too.', 'If the road is closed we take the cable car, last one is at 19:15.']) fake.enqueue('c-maren', text);
  return fake;
}

function failed(): Fake {
  const fake = everyday();
  const problem = { code: 'message_too_long', message: 'This message is longer than the server takes. Shorten it or send it in parts.' };
  fake.enqueue('c-maren', 'The whole maintenance book, all of it in one message', { kind: 'failed', problem });
  fake.enqueue('c-maren', 'Leaving at four');
  fake.enqueue('c-noor', 'Which file?', { kind: 'queued' }, 2);
  fake.outbox.push(entry({ what: 'create_conversation', conversation: 'c-new', conversation_name: 'Cable car', name: 'Cable car', people: ['Noor Haddad'], since_local: fake.now() }));
  fake.outbox.push(entry({ what: 'send_message', conversation: 'c-new', conversation_name: 'Cable car', text: 'Who comes along?', since_local: fake.now(), wait: { kind: 'needs', what: 'create_conversation', failed: false } }));
  fake.outbox.push(entry({ what: 'set_read_receipts', since_local: fake.now() }));
  fake.delivery_ms = null;
  return fake;
}

function many(): Fake {
  const fake = everyday();
  const now = fake.now();
  for (let i = 0; i < 3_000; i += 1) {
    const someone = person(`p${i}`, `${WORDS[i % WORDS.length]} ${WORDS[(i * 7) % WORDS.length]} ${i}`.replace(/\b\w/g, (c) => c.toUpperCase()));
    fake.people.push(someone);
    fake.conversations.push(fill(direct(someone), [[someone, `Message number ${i}`, 1_440 * 6 + i * 60]], now));
  }
  return fake;
}

function arriving(): Fake {
  const fake = everyday();
  fake.connection = { kind: 'catching_up' };
  fake.backfill = { complete: 1_204, conversations: 7_168, messages: 41_230 };
  for (const conversation of fake.conversations.slice(2, 5)) conversation.known = [[Math.max(2, conversation.messages.length - 1), Infinity]];
  return fake;
}

function gap(): Fake {
  const fake = everyday();
  fake.find('c-idris').known = [[1, 700], [1_150, Infinity]];
  return fake;
}

function scripts(): Fake {
  const fake = everyday();
  const now = fake.now();
  const withYael = fill(
    direct(yael),
    [
      [yael, 'שלום! מתי מגיעים להר? הרכבת יוצאת ב־15:40', 30],
      [ME, 'We arrive at half past six.\nנתראה שם!', 28],
      [yael, formatted('**לוח'), 27],
      [yael, 'مرحبا، هذا سطر بالعربية\nand one in English\n日本語の行もあります', 26],
    ],
    now,
  );
  const long = fill(
    direct(longname),
    [
      [longname, `A word without an end: ${'Donaudampfschifffahrts'.repeat(12)} and an address https://example.org/${'path/'.repeat(30)}`, 20],
      [ME, 'Short.', 19],
      [longname, Array.from({ length: 14 }, (_, i) => `Line ${i + 1} of a long message that goes on for a while.`).join('\n'), 18],
    ],
    now,
  );
  const everybody = fill(group('all', 'Everybody who ever had anything to do with the observatory and its friends', 'A topic that is quite long as well'), [[longname, 'Hello', 15], [yael, 'שלום לכולם', 14]], now);
  fake.conversations.push(withYael, long, everybody);
  return fake;
}

function signIn(server: Partial<typeof SERVER>, returning: PersonView | null, reason: SignInReason | null): Fake {
  const fake = new Fake();
  fake.phase = { kind: 'sign_in', server: { ...SERVER, ...server }, returning, reason };
  return fake;
}

function phase(kind: Fake['phase']): Fake {
  const fake = everyday();
  fake.phase = kind;
  return fake;
}

/** Everyday, with me in another role. */
function role(role: Role, permissions?: Permission[], name?: string): Fake {
  const fake = everyday();
  fake.admin.populate(fake.people, fake.now());
  fake.admin.accounts = fake.admin.accounts.map((account) => (account.person.user === ME.user ? { ...account, role } : account));
  if (permissions) fake.admin.roles = [{ role, name: name ?? '', permissions }];
  fake.standing = standingOf(role, permissions, name);
  return fake;
}

export const SCENARIOS: Record<string, () => Fake> = {
  everyday,
  groups,
  groups_offline: () => {
    const fake = groups();
    fake.goOffline();
    return fake;
  },
  /** Everything about people, at its fullest. */
  crowd: () => crowd(groups()),
  crowd_offline: () => {
    const fake = crowd(groups());
    fake.goOffline();
    return fake;
  },
  admin: () => role('admin'),
  guest: () => role('guest'),
  /** Looks after people, and may do no more. */
  helper: () => role('role-helper', ['find_people', 'start_conversations', 'manage_people'], 'Helper'),
  offline,
  failed,
  many,
  arriving,
  gap,
  scripts,
  empty: () => {
    const fake = new Fake();
    fake.people = [...PEOPLE];
    return fake;
  },
  slow: () => {
    const fake = everyday();
    fake.latency_ms = 3_000;
    return fake;
  },
  blocked_connection: () => {
    const fake = everyday();
    fake.connection = { kind: 'blocked', problem: { code: 'unsupported_version', message: 'The server is newer than this app. Update Hearth; everything here can be read meanwhile.' } };
    return fake;
  },
  session_ended: () => {
    const fake = everyday();
    fake.connection = { kind: 'blocked', problem: { code: 'unauthorized', message: 'Your session on this server has ended. What you write waits here.' } };
    return fake;
  },
  first_run: () => phase({ kind: 'first_run' }),
  sign_in: () => signIn({}, null, null),
  invited: () => signIn({ accounts: { ...SERVER.accounts, sign_up: 'invited' } }, null, null),
  closed: () => signIn({ accounts: { ...SERVER.accounts, sign_up: 'closed' } }, null, null),
  sign_up: () => signIn({ name: '', address: '127.0.0.1:7380', embedded: true, needs_set_up: true }, null, null),
  set_up: () => signIn({ needs_set_up: true }, null, null),
  returning: () => {
    const fake = signIn({}, ME, { kind: 'session_ended' });
    fake.status = () => ({ connection: { kind: 'connecting' }, backfill: { complete: 0, conversations: 0, messages: 0 }, outbox: 2, outbox_failed: 0, unread: 0, for_me: 0 });
    return fake;
  },
  deactivated: () => signIn({}, ME, { kind: 'deactivated' }),
  account_deleted: () => signIn({}, ME, { kind: 'account_deleted' }),
  locked: () => phase({ kind: 'locked', lock: 'keychain_locked' }),
  passphrase: () => phase({ kind: 'locked', lock: 'passphrase' }),
  passphrase_new: () => phase({ kind: 'locked', lock: 'passphrase_new' }),
  blocked: () =>
    phase({
      kind: 'blocked',
      problem: { code: 'newer_database', message: 'This profile was opened by a newer Hearth, and this one (0.1.0) cannot read it. Install the newer version again.' },
    }),
};

