/** What the window is as a whole: the phase, the connection, the settings. Everything that the shell tells arrives here first. */
import { tick } from 'svelte';
import { asProblem, call, isLeft, subscribe } from '../lib/backend';
import type { AccountId, AccountView, Phase, Problem, Settings, Status, Update } from '../lib/backend';
import { speak, spokenTag } from '../lib/language.svelte';
import { clockHours } from '../lib/time';
import { t, worded } from '../lib/words';
import { forgetAdmin } from './admin.svelte';
import { archive } from './archive.svelte';
import { conversations } from './conversations.svelte';
import { collectionsChanged, devicesChanged, groupsChanged, peopleChanged, timelineChanged } from './changes';
import { drafts } from './drafts';
import { replies } from './replies';
import { asides } from './asides';
import { friends } from './friends.svelte';
import { inbox } from './inbox.svelte';
import { groups } from './groups.svelte';
import { onTakenBack } from './outbox';
import { pictures } from './pictures.svelte';
import { pins } from './pins.svelte';
import { profiles } from './profiles.svelte';
import { roles } from './roles.svelte';
import { held } from './held.svelte';
import { scheduled } from './scheduled.svelte';
import { standing } from './standing.svelte';
import { attempt, toast } from './toasts.svelte';
import { typing } from './typing.svelte';
import { goTo, view } from './view.svelte';
import { visited } from './visited';

const STATUS: Status = {
  connection: { kind: 'connecting' },
  backfill: { complete: 0, conversations: 0, messages: 0 },
  outbox: 0,
  outbox_failed: 0,
  unread: 0,
  for_me: 0,
};

const SETTINGS: Settings = {
  theme: 'system',
  density: 'comfortable',
  list_by_group: false,
  list_order: 'newest',
  folded_sections: [],
  language: null,
  close: 'ask',
  notify: 'text',
  do_not_disturb: false,
  do_not_disturb_until_local: null,
  quiet_hours: { on: false, from: 22 * 60, to: 7 * 60, days: [1, 2, 3, 4, 5, 6, 7], zone: null },
  keywords: [],
  mentions_break_mute: false,
  sound: true,
  start_hidden: false,
  enter_sends: true,
  read_by_looking: true,
  undo_send_s: 0,
  emoji: [],
  skin_tone: 0,
};

export const session = $state({
  /** The account that is shown, and all that there are. */
  account: null as AccountId | null,
  accounts: [] as AccountView[],
  phase: null as Phase | null,
  status: STATUS,
  /** Why the last try failed, until one succeeds: while the next one runs nothing else is known. */
  away: null as Problem | null,
  /** When `status` arrived, by `performance.now()`: its countdown starts there. */
  status_at_ms: 0,
  settings: SETTINGS,
  profile: '',
  version: '',
  /** A connect link that was opened from outside. It fills in the form and does nothing by itself. */
  link: null as string | null,
  /** A link into a group that was opened from outside, and the server that made it. It is shown as soon as somebody is signed in; `here`:
   * there is an account on that server, so that nobody has to be asked whether to add one. */
  invite: null as { link: string; server: string; here: boolean } | null,
  /** A link to a message that was opened before anybody was signed in. */
  message: null as string | null,
  /** The shell did not even answer. */
  problem: null as Problem | null,
});

/** Also while the next try runs: what is said about it would only flicker. */
export function isOffline(): boolean {
  const { kind } = session.status.connection;
  return kind === 'offline' || (kind === 'connecting' && session.away !== null);
}

export async function start(): Promise<void> {
  speak(null);
  await show(null);
}

/** Shows an account, or the one that was shown last: everything is taken off the screen first, and nothing of the one before stays. */
export async function show(account: AccountId | null): Promise<void> {
  // What is typed is kept by those who leave the screen, for the account that they are of.
  session.phase = null;
  toast.clear();
  await tick();
  await drafts.settled();
  try {
    const shown = subscribe(account, onUpdate);
    forget();
    await shown;
    const boot = await call('boot');
    session.account = boot.account;
    session.accounts = boot.accounts;
    // The list is asked for as the settings want it.
    setSettings(boot.settings);
    setPhase(boot.phase);
    setStatus(boot.status);
    session.profile = boot.profile;
    session.version = boot.version;
    if (boot.warning) toast.warning(worded(boot.warning));
    if (boot.phase.kind === 'ready') refresh();
  } catch (error) {
    if (!isLeft(error)) session.problem = asProblem(error);
  }
}

function forget(): void {
  clear();
  drafts.clear();
  replies.clear();
  asides.clear();
  session.status = STATUS;
  session.problem = null;
}

/** What is of one person. */
function clear(): void {
  session.away = null;
  archive.progress = null;
  conversations.clear();
  held.clear();
  scheduled.clear();
  typing.clear();
  profiles.clear();
  pictures.clear();
  groups.clear();
  friends.clear();
  inbox.clear();
  pins.clear();
  standing.clear();
  roles.clear();
  forgetAdmin();
  visited.clear();
  goTo.reset();
}

function refresh(): void {
  void conversations.refresh();
  void friends.refresh();
  void inbox.refresh();
  void standing.refresh();
}

function setStatus(status: Status): void {
  const { connection } = status;
  session.status = status;
  if (connection.kind === 'offline') session.away = connection.problem ?? session.away;
  else if (connection.kind !== 'connecting') session.away = null;
  session.status_at_ms = performance.now();
}

function setSettings(settings: Settings): void {
  const listed = howListed();
  session.settings = settings;
  if (howListed() !== listed && session.phase?.kind === 'ready') void conversations.refresh();
  const root = document.documentElement;
  if (settings.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = settings.theme;
  root.dataset.density = settings.density;
  speak(settings.language);
  tellLanguage();
}

/** In which order, by group or not, and what of that is folded. */
function howListed(): string {
  const { list_by_group, list_order, folded_sections } = session.settings;
  return JSON.stringify([list_order, list_by_group ? folded_sections : null]);
}

/** What the shell was told last. */
let told: string | null = null;

/** Tray, title and notifications speak as the window does, and write numbers and times as it does. */
function tellLanguage(): void {
  const speech = { language: spokenTag(), hours: clockHours() };
  const said = JSON.stringify(speech);
  if (said === told) return;
  told = said;
  // Told again with the next change of a setting.
  call('set_language', speech)
    // Names stand in another order in another language.
    .then(() => void (session.settings.list_order === 'name' && session.phase?.kind === 'ready' && conversations.refresh()))
    .catch(() => (told = null));
}

function setPhase(phase: Phase): void {
  const before = session.phase?.kind;
  // Where the person was when the app ended; a link or a notification that came first goes before it.
  if (phase.kind === 'ready' && before !== 'ready' && phase.last && !view.conversation) goTo.conversation(phase.last);
  session.phase = phase;
  if (phase.kind === 'first_run') followInvite();
  if (phase.kind === 'ready') {
    refresh();
    void followMessage();
  } else if (before === 'ready') clear();
}

/** To the message that a link names, once somebody is signed in; or why not. */
async function followMessage(): Promise<void> {
  const link = session.message;
  if (link === null || session.phase?.kind !== 'ready') return;
  session.message = null;
  const place = await attempt(() => call('find_message', { link }));
  if (place) goTo.conversation(place.conversation, place.message);
}

/** First the server that the invitation is of: an account there is what is made here. */
function followInvite(): void {
  if (!session.invite) return;
  session.link = session.invite.server;
  session.invite = { ...session.invite, here: true };
}

function onUpdate(update: Update): void {
  switch (update.kind) {
    case 'phase':
      return setPhase(update.phase);
    case 'status':
      return setStatus(update.status);
    case 'settings':
      return setSettings(update.settings);
    case 'conversations':
      return void conversations.refresh();
    case 'people':
      void profiles.refresh();
      void standing.refresh();
      return peopleChanged.tell();
    case 'groups':
      if (groups.loaded) void groups.refresh();
      return groupsChanged.tell();
    case 'devices':
      return devicesChanged.tell();
    case 'collections':
      return collectionsChanged.tell();
    case 'friends':
      void inbox.refresh();
      return void friends.refresh();
    case 'inbox':
      return void inbox.refresh();
    case 'timeline':
      return timelineChanged.tell(update.conversation);
    case 'typing':
      return typing.tell(update.conversation, update.user, update.name, update.ttl_ms);
    case 'open':
      return goTo.conversation(update.conversation, update.message);
    case 'open_inbox':
      return goTo.inbox();
    case 'taken_back':
      return onTakenBack(update);
    case 'ask_close':
      view.dialog = 'close';
      return;
    case 'accounts':
      session.accounts = update.accounts;
      return;
    case 'show_account':
      return void show(update.account);
    case 'connect_link':
      if (!update.here) session.link = update.link;
      else if (session.phase?.kind === 'ready') toast.info(t('link-here', { server: session.phase.server.name || session.phase.server.address }));
      return;
    case 'message_link':
      session.message = update.link;
      return void followMessage();
    case 'join_link':
      session.invite = { link: update.link, server: update.server, here: update.here };
      if (session.phase?.kind === 'first_run') followInvite();
      return;
    case 'archive':
      archive.progress = update.progress;
      return;
    case 'warning':
      return toast.warning(worded(update.problem));
  }
}

/** Shows the new settings at once and keeps them; they go back when they could not be kept. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = session.settings;
  const settings = { ...$state.snapshot(before), ...change };
  setSettings(settings);
  try {
    await call('set_settings', { settings });
  } catch (error) {
    setSettings(before);
    throw error;
  }
}
