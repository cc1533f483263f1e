/** A backend in memory: for tests, and for looking at the page in a browser. It is not part of the built app. */
import type { Backend } from '../../backend';
import type { CommandName, Commands } from '../commands';
import type { AccountId, Boot, ConversationItem, Delivery, DeviceView, EmailView, Fate, Filter, FriendsView, GroupMemberView, GroupView, InboxItem, OutboxItem, OwnProfileView, PersonView, Phase, Problem, ProfileView, Server, Settings, Status, Update, WaysIn } from '../types';
import { accountHandlers, viewOf } from './account';
import type { FakeAccounts } from './accounts';
import { AdminWorld, adminHandlers } from './admin';
import { arrangeHandlers, inOrder, isWanted } from './arrange';
import { archiveHandlers } from './archive';
import type { Making } from './archive';
import { codeHandlers } from './codes';
import { countOf, coverageHandlers } from './coverage';
import { deviceHandlers, someDevices } from './devices';
import { draftHandlers, putBack } from './drafts';
import { entryHandlers } from './entry';
import { NO_FRIENDS, friendHandlers } from './friends';
import { inboxHandlers } from './inbox';
import { groupHandlers } from './groups';
import { forwardHandlers, hold, reword } from './later';
import { linkHandlers } from './links';
import { memberHandlers } from './members';
import { markedHandlers } from './marked';
import { ME, add, direct, entry, isWhole, lineOf, unreadOf } from './model';
import type { Conversation } from './model';
import { outboxHandlers } from './outbox';
import { pageOf, readersOf } from './pages';
import { profileHandlers } from './profiles';
import { providerHandlers } from './providers';
import type { Visit } from './providers';
import { quoteIn } from './quotes';
import type { Around } from './quotes';
import { reactionHandlers, settled } from './reactions';
import { readingHandlers } from './reading';
import { Schedule, scheduleHandlers } from './scheduled';
import { standingOf } from './roles';
import { searchHandlers } from './search';
import { twoStepHandlers } from './two_step';
import { allOf, asidesOf, threadHandlers } from './threads';
import { edit, versionHandlers } from './versions';
import { whyHandlers } from './why';

type Handlers = { [K in CommandName]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> | Promise<ReturnType<Commands[K]>> };

export const SERVER: Server = {
  name: 'Northlight',
  address: 'northlight.example.org:7380',
  connect_link: `hearth://connect/northlight.example.org:7380#sha256=${'4f'.repeat(32)}`,
  embedded: false,
  needs_set_up: false,
  accounts: { email: 'optional', mail: true, password_chars_min: 10, sign_up: 'open', mail_domains: [] },
  invite: null,
};

const QUIET: Status = {
  connection: { kind: 'live' },
  backfill: { complete: 0, conversations: 0, messages: 0 },
  outbox: 0,
  outbox_failed: 0,
  unread: 0,
  for_me: 0,
};

export class Fake implements Backend {
  /** Which account of the app this is, and the others with it, where there are several. */
  account: AccountId = '00000000-0000-0000-0000-000000000000';
  app: FakeAccounts | null = null;
  phase: Phase = { kind: 'ready', me: ME, server: SERVER, last: null };
  /** When the rules were asked; `null`: nobody remembers. */
  decided_at: number | null = null;
  settings: Settings = { theme: 'system', density: 'comfortable', list_by_group: false, list_order: 'newest', folded_sections: [], language: null, close: 'ask', notify: 'text', do_not_disturb: false, do_not_disturb_until_local: null, quiet_hours: { on: false, from: 1320, to: 420, days: [1, 2, 3, 4, 5, 6, 7], zone: null }, keywords: [], mentions_break_mute: false, sound: true, start_hidden: false, enter_sends: true, read_by_looking: true, undo_send_s: 0, emoji: [], skin_tone: 0 };
  /** The system starts the app with the session. */
  autostart = false;
  connection: Status['connection'] = { kind: 'live' };
  backfill: Status['backfill'] | null = null;
  warning: Problem | null = null;
  conversations: Conversation[] = [];
  people: PersonView[] = [];
  groups: GroupView[] = [];
  /** Who is in each group, and in each conversation of several people. */
  members = new Map<string, GroupMemberView[]>();
  /** What else happens when an item of the outbox is delivered, by its id. */
  readonly whenDelivered = new Map<string, () => void>();
  outbox: OutboxItem[] = [];
  readonly schedule = new Schedule();
  shares_receipts = true;
  profiles = new Map<string, ProfileView>();
  /** Codes go out by mail. */
  mail = true;
  /** The one code that is right. */
  code = '12345678';
  /** By what one can sign in. */
  ways: WaysIn = { accounts: [], providers: [], password: true, password_changed_at: null };
  /** The browser that is waited for. */
  visit: Visit | null = null;
  /** The archive that is being made. */
  making: Making | null = null;
  /** Since when signing in takes a second step. */
  two_step: number | null = null;
  recovery_codes: string[] = [];
  email: EmailView | null = { address: 'elin@example.org', verified: true };
  mine: OwnProfileView = { first_name: 'Elin', last_name: 'Brandt', status: null, about: '', picture: null, status_to: 'everyone', last_seen_to: 'everyone', picture_to: 'everyone' };
  /** What pictures look like, by their names. */
  pictures = new Map<string, string>();
  now: () => number = Date.now;
  devices: DeviceView[] = someDevices(Date.now());
  friends: FriendsView = NO_FRIENDS;
  standing = standingOf('member');
  admin = new AdminWorld();
  /** What was told. */
  told: InboxItem[] = [];
  /** Every answer takes this long. */
  latency_ms = 0;
  /** How long a message is on its way while online; `null` leaves it in the outbox until `deliver`. */
  delivery_ms: number | null = 0;
  /** What was called, oldest first. */
  readonly calls: { name: CommandName; args: Record<string, unknown> }[] = [];
  readonly #failures = new Map<CommandName, Problem[]>();
  #onUpdate: ((update: Update) => void) | null = null;

  /** The next call of this command is refused. */
  failNext(name: CommandName, problem: Problem): void {
    this.#failures.set(name, [...(this.#failures.get(name) ?? []), problem]);
  }

  called<K extends CommandName>(name: K): Parameters<Commands[K]>[0][] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args as Parameters<Commands[K]>[0]);
  }

  async call(name: CommandName, args: Record<string, unknown>): Promise<unknown> {
    this.calls.push({ name, args });
    if (this.latency_ms > 0) await new Promise((resume) => setTimeout(resume, this.latency_ms));
    const failure = this.#failures.get(name)?.shift();
    if (failure) throw failure;
    const handler = this.#handlers[name] as (args: Record<string, unknown>) => unknown;
    return structuredClone(await handler(args));
  }

  subscribe(_account: AccountId | null, onUpdate: (update: Update) => void): Promise<AccountId> {
    this.#onUpdate = onUpdate;
    return Promise.resolve(this.account);
  }

  emit(update: Update): void {
    this.#onUpdate?.(structuredClone(update));
  }

  setPhase(phase: Phase): void {
    this.phase = phase;
    this.emit({ kind: 'phase', phase });
  }

  setConnection(connection: Status['connection']): void {
    this.connection = connection;
    this.tellStatus();
    if (connection.kind === 'live') for (const item of this.outbox) this.#send(item);
  }

  goOffline(): void {
    this.setConnection({ kind: 'offline', next_try_ms: 12_000, problem: { code: 'unreachable', message: 'The server does not answer.' } });
  }

  status(): Status {
    const whole = this.conversations.filter(isWhole).length;
    return {
      ...QUIET,
      connection: this.connection,
      backfill: this.backfill ?? { complete: whole, conversations: this.conversations.length, messages: countOf(this) },
      outbox: this.outbox.length,
      outbox_failed: this.outbox.filter((item) => item.state.kind === 'failed').length,
      unread: this.conversations.reduce((sum, conversation) => sum + unreadOf(conversation, this.#blocked()), 0),
      for_me: this.conversations.filter(({ kind }) => kind === 'direct').reduce((sum, conversation) => sum + unreadOf(conversation, this.#blocked()), 0),
    };
  }

  tellStatus(): void {
    this.emit({ kind: 'status', status: this.status() });
  }

  changed(conversation: string): void {
    this.emit({ kind: 'timeline', conversation });
    this.emit({ kind: 'conversations' });
    this.tellStatus();
  }

  find(id: string): Conversation {
    const found = this.conversations.find((conversation) => conversation.id === id);
    if (!found) throw { code: 'not_found', message: 'There is nothing here, or it is not yours to see.' } satisfies Problem;
    return found;
  }

  /** Somebody else writes. */
  receive(conversation: string, sender: string, text: string): void {
    add(this.find(conversation), sender, text, this.now());
    this.changed(conversation);
  }

  /** Somebody else tells something of themselves. */
  tells(user: string, told: Partial<ProfileView>): void {
    const known = this.profiles.get(user) ?? { user, status: null, last_seen: null, presence: null, picture: null, about: '', deactivated: false };
    this.profiles.set(user, { ...known, ...told });
    this.emit({ kind: 'people' });
  }

  /** Somebody else has the messages up to a place, or has read them. */
  reach(conversation: string, someone: string, upto: { delivered: number; read: number }): void {
    this.find(conversation).reached.set(someone, { ...upto, at: this.now() });
    this.changed(conversation);
  }

  /** The server takes an item of the outbox. */
  deliver(id: string): void {
    const item = this.outbox.find((waiting) => waiting.id === id);
    if (!item) return;
    this.outbox = this.outbox.filter((waiting) => waiting !== item);
    if (item.message) this.#change(item);
    else if (item.conversation && item.text !== null) Object.assign(add(this.find(item.conversation), ME.user, item.text, this.now()), { id: item.id, reply_to: item.quote?.message, forwarded: item.what === 'forward_message' });
    if (item.conversation) this.changed(item.conversation);
    this.#finish(id);
  }

  /** What belongs to no conversation is done now. */
  #finish(id: string): void {
    const done = this.whenDelivered.get(id);
    if (!done) return;
    this.whenDelivered.delete(id);
    done();
    this.emit({ kind: 'groups' });
    this.tellStatus();
  }

  /** The server refuses an item of the outbox for good. */
  refuse(id: string, problem: Problem): void {
    const item = this.outbox.find((waiting) => waiting.id === id);
    if (!item) return;
    item.state = { kind: 'failed', problem };
    if (item.conversation) this.changed(item.conversation);
  }

  /** Puts a message into the outbox as it stands after a while. */
  enqueue(conversation: string, text: string, state: Delivery = { kind: 'queued' }, tries = 0): OutboxItem {
    const { name } = this.find(conversation);
    const item = entry({ what: 'send_message', conversation, conversation_name: name, text, since_local: this.now(), tries, state });
    this.outbox.push(item);
    return item;
  }

  /** The server's answer to a taking back. */
  takenBack(id: string, fate: Fate): void {
    const item = this.outbox.find((waiting) => waiting.id === id);
    if (!item) return;
    if (fate === 'arrived') this.deliver(id);
    else this.outbox = this.outbox.filter((waiting) => waiting !== item);
    if (fate === 'returned' && item.conversation && item.text !== null) putBack(this, item, item.text);
    if (item.conversation) this.changed(item.conversation);
    this.emit({ kind: 'taken_back', conversation: item.conversation, fate, text: item.text, quote: item.quote, ...(item.thread ? { thread: item.thread } : {}) });
  }

  #change(item: OutboxItem): void {
    const message = this.conversations.flatMap(allOf).find((one) => one.id === item.message);
    if (!message || settled(message, item)) return;
    if (item.text !== null) edit(message, item.text, this.now());
    else {
      [message.content, message.edited] = [{ kind: 'deleted' }, false];
      // Its thread is over.
      if (message.under) message.under.following = false;
    }
  }

  #changeMessage(conversation: string, message: string, text: string | null): string {
    const place = this.find(conversation);
    const content = allOf(place).find((one) => one.id === message)?.content;
    const message_text = content?.kind === 'text' ? content.text : null;
    const what = text === null ? 'delete_message' : 'edit_message';
    const item = entry({ what, conversation, conversation_name: place.name, text, message, message_text, since_local: this.now() });
    this.outbox.push(item);
    this.changed(conversation);
    this.#send(item);
    return item.id;
  }

  #names(): Map<string, string> {
    return new Map([ME, ...this.people].map((someone) => [someone.user, someone.name]));
  }

  #blocked(): string[] {
    return this.friends.blocked.map((person) => person.user);
  }

  around(): Around {
    return { names: this.#names(), outbox: this.outbox, blocked: this.#blocked() };
  }

  #send(item: OutboxItem): void {
    if (this.connection.kind !== 'live' || this.delivery_ms === null || item.state.kind === 'failed') return;
    setTimeout(() => this.deliver(item.id), this.delivery_ms);
  }

  lines(filter: Filter): ConversationItem[] {
    const names = this.#names();
    const news = (of: Conversation) => unreadOf(of, this.#blocked()) + (asidesOf(of.messages, this.#blocked()).asides ?? 0);
    const wanted = this.conversations.filter((conversation) => isWanted(conversation, filter, news(conversation)));
    const lines = wanted.map((conversation) => ({ conversation, line: lineOf(conversation, this.outbox, names, this.groups, this.#blocked()) }));
    return lines.sort((a, b) => inOrder(a.conversation, b.conversation) || (b.line.last?.at ?? 0) - (a.line.last?.at ?? 0)).map(({ line }) => line);
  }

  readonly #handlers: Handlers = {
    boot: (): Boot => ({ account: this.account, accounts: this.app?.list() ?? [viewOf(this)], phase: this.phase, status: this.status(), settings: this.settings, profile: '', version: '0.1.0', warning: this.warning }),
    ...entryHandlers(this, SERVER),
    ...codeHandlers(this),
    ...providerHandlers(this),
    ...twoStepHandlers(this),
    ...archiveHandlers(this),
    ...accountHandlers(this),
    open_timeline: ({ conversation, at }) => pageOf(this.find(conversation), at, this.outbox, this.#names(), this.#blocked()),
    send_message: ({ conversation, text, reply_to }) => {
      const item = this.enqueue(conversation, text);
      item.quote = quoteIn(this.find(conversation), reply_to, this.around());
      Object.assign(this.find(conversation), { draft: null, draft_reply: null });
      const later = hold(this, item, (due) => this.#send(due));
      this.changed(conversation);
      if (!later) this.#send(item);
      return item.id;
    },
    ...scheduleHandlers(this),
    ...forwardHandlers(this, (item) => this.#send(item)),
    ...outboxHandlers(this, (item) => this.#send(item)),
    edit_message: ({ conversation, message, text, instead_of }) => {
      this.outbox = this.outbox.filter((waiting) => waiting.id !== instead_of);
      return reword(this, conversation, message, text) ? message : this.#changeMessage(conversation, message, text);
    },
    delete_message: ({ conversation, message }) => (this.#changeMessage(conversation, message, null), null),
    ...coverageHandlers(this),
    ...arrangeHandlers(this),
    ...readingHandlers(this),
    ...reactionHandlers(this, (item) => this.#send(item), (user) => ({ user, username: user, name: this.#names().get(user) ?? '?' })),
    ...markedHandlers(this),
    ...threadHandlers(this),
    ...memberHandlers(this),
    ...versionHandlers(this),
    ...whyHandlers(this),
    list_readers: ({ conversation, message }) => readersOf(this.find(conversation), message, this.#names()),
    get_read_receipts: () => this.shares_receipts,
    ...profileHandlers(this),
    set_idle: () => null,
    set_read_receipts: ({ on }) => ((this.shares_receipts = on), null),
    ...draftHandlers(this),
    typing: () => null,
    search_people: ({ query }) => {
      const wanted = query.toLowerCase();
      return this.people.filter(({ name, username }) => `${name} ${username}`.toLowerCase().split(/[\s.]/).some((word) => word.startsWith(wanted)));
    },
    start_direct: ({ user }) => {
      const peer = this.people.find((someone) => someone.user === user);
      const known = this.conversations.find((conversation) => conversation.peer?.user === user);
      if (known) return known.id;
      if (!peer) throw { code: 'not_found', message: 'This person is not here any more.' } satisfies Problem;
      const made = direct(peer);
      this.conversations.push(made);
      this.emit({ kind: 'conversations' });
      return made.id;
    },
    ...groupHandlers(this),
    ...linkHandlers(this),
    ...adminHandlers(this),
    ...deviceHandlers(this),
    ...friendHandlers(this),
    ...inboxHandlers(this),
    ...searchHandlers(this, () => this.#names()),
    sync_now: () => {
      if (this.connection.kind === 'offline') this.goOffline();
      return null;
    },
    set_settings: ({ settings }) => ((this.settings = settings), null),
    set_language: () => null,
    set_focus: () => null,
    try_notification: () => null,
    get_autostart: () => this.autostart,
    set_autostart: ({ on }) => {
      this.autostart = on;
      return null;
    },
    answer_close: () => null,
  };

  /** Puts a conversation that was made here into the list. */
  open(made: Conversation): string {
    this.conversations.push(made);
    this.emit({ kind: 'conversations' });
    return made.id;
  }

  signIn() {
    this.setPhase({ kind: 'ready', me: ME, server: SERVER, last: null });
    return ME;
  }
}

