/** Where the person is in the window. */
import type { OutboxItem, PersonView, ScheduledView, SearchOrder } from '../lib/backend';

export type Place = 'conversations' | 'search' | 'people' | 'inbox' | 'threads' | 'starred' | 'scheduled' | 'settings' | 'admin';
export type DialogName =
  | 'switcher' | 'new' | 'create' | 'group' | 'join' | 'about' | 'keys' | 'close' | 'discard' | 'delete' | 'verify_email' | 'ask_friend' | 'person' | 'block' | 'add_account' | 'date' | 'leave';

/** A message to be shown in its place; a new object for each wish, so that the same message can be wished for twice. */
export interface Jump {
  message: string;
}

/** A message of mine that is being given another text. */
export interface Editing {
  conversation: string;
  message: string;
  text: string;
  /** My edit that was refused because the message had changed; this one stands for it. */
  refused: string | null;
}

interface View {
  place: Place;
  conversation: string | null;
  jump: Jump | null;
  outbox: boolean;
  /** What there is to tell of the open conversation stands beside it, where there is room for that. */
  details: boolean;
  dialog: DialogName | null;
  /** A text on its way back into a conversation's composer. */
  back: { conversation: string; text: string } | null;
  editing: Editing | null;
  /** The group that the dialog is about. */
  group: string | null;
  /** The conversation that the dialog is about. */
  about: string | null;
  /** Whom the dialog is about: to be looked at, asked, or blocked. */
  person: PersonView | null;
  /** The thread that is open, over whatever place. */
  thread: { conversation: string; root: string } | null;
  /** A moment of the day with which the choice of one begins; today without one. */
  day: number | null;
  /** The message that the question is about. */
  deleting: { conversation: string; message: string } | null;
  /** What is to be sent later and is being given another text or time, as it was when one began. */
  rescheduling: ScheduledView | null;
  /** What the outbox is to lose, and what would go with it. */
  discarding: { id: string; edit: boolean; by: OutboxItem[] } | null;
  /** What is searched for; a new object each time that the search is called up. `more`: words are to come behind it. */
  search: { query: string; more?: boolean };
  search_order: SearchOrder;
}

const nowhere = (): View => ({
  place: 'conversations',
  conversation: null,
  jump: null,
  outbox: false,
  details: false,
  dialog: null,
  back: null,
  editing: null,
  group: null,
  about: null,
  thread: null,
  day: null,
  person: null,
  deleting: null,
  rescheduling: null,
  discarding: null,
  search: { query: '' },
  search_order: 'newest',
});

export const view = $state(nowhere());

export const goTo = {
  conversation(id: string, message: string | null = null): void {
    view.place = 'conversations';
    view.conversation = id;
    view.jump = message ? { message } : null;
    view.dialog = null;
    view.thread = null;
  },
  /** Opens the conversation and puts a text into its composer, after what stands there. */
  compose(id: string, text: string): void {
    goTo.conversation(id);
    view.back = { conversation: id, text };
  },
  /** Opens the conversation with one of its messages in hand. */
  edit(editing: Editing): void {
    goTo.conversation(editing.conversation);
    view.editing = editing;
  },
  group(id: string): void {
    view.group = id;
    view.dialog = 'group';
  },
  about(id: string): void {
    view.about = id;
    view.dialog = 'about';
  },
  /** Asks whether one wants to leave it. */
  out(id: string): void {
    view.about = id;
    view.dialog = 'leave';
  },
  /** What is said under a message, over whatever place is open. */
  thread(conversation: string, root: string): void {
    view.thread = { conversation, root };
  },
  /** Asks to which day of the open conversation one wants to go. */
  date(at: number | null = null): void {
    view.place = 'conversations';
    view.day = at;
    view.dialog = 'date';
  },
  delete(conversation: string, message: string): void {
    view.deleting = { conversation, message };
    view.dialog = 'delete';
  },
  /** Whatever place is open: what waits may go from there meanwhile. */
  reschedule(item: ScheduledView): void {
    view.rescheduling = item;
  },
  /** Back to the list: on a narrow window there is only one pane. */
  list(): void {
    view.place = 'conversations';
    view.conversation = null;
    view.jump = null;
    view.outbox = false;
    view.thread = null;
  },
  /** Without words the last ones stand there again, ready to be typed over, unless there are to be more. */
  search(query = view.search.query, more = false): void {
    view.place = 'search';
    view.search = { query, more };
    view.dialog = null;
  },
  people(): void {
    view.place = 'people';
    view.dialog = null;
  },
  inbox(): void {
    view.place = 'inbox';
    view.dialog = null;
  },
  threads(): void {
    view.place = 'threads';
    view.dialog = null;
  },
  starred(): void {
    view.place = 'starred';
    view.dialog = null;
  },
  scheduled(): void {
    view.place = 'scheduled';
    view.dialog = null;
  },
  /** Asks somebody to become a contact, with a few words. */
  askFriend(person: PersonView): void {
    view.person = person;
    view.dialog = 'ask_friend';
  },
  person(person: PersonView): void {
    view.person = person;
    view.dialog = 'person';
  },
  block(person: PersonView): void {
    view.person = person;
    view.dialog = 'block';
  },
  settings(): void {
    view.place = 'settings';
    view.dialog = null;
  },
  admin(): void {
    view.place = 'admin';
    view.dialog = null;
  },
  leave(): void {
    view.place = 'conversations';
  },
  outbox(): void {
    view.place = 'conversations';
    view.outbox = true;
    view.dialog = null;
    view.thread = null;
  },
  reset(): void {
    Object.assign(view, nowhere());
  },
};
