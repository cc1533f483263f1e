/** Where the person is in the window. */

export type Place = 'conversations' | 'search' | 'settings';
export type DialogName = 'switcher' | 'new' | 'create' | 'keys' | 'close';

/** A message to be shown in its place; a new object for each wish, so that the same message can be wished for twice. */
export interface Jump {
  message: string;
}

export const view = $state({
  place: 'conversations' as Place,
  conversation: null as string | null,
  jump: null as Jump | null,
  outbox: false,
  dialog: null as DialogName | null,
  /** A text on its way back into a conversation's composer. */
  back: null as { conversation: string; text: string } | null,
  /** What is searched for; a new object each time that the search is called up. */
  search: { query: '' },
});

export const goTo = {
  conversation(id: string, message: string | null = null): void {
    view.place = 'conversations';
    view.conversation = id;
    view.jump = message ? { message } : null;
    view.dialog = null;
  },
  /** Opens the conversation and puts a text into its composer, after what stands there. */
  compose(id: string, text: string): void {
    goTo.conversation(id);
    view.back = { conversation: id, text };
  },
  /** Back to the list: on a narrow window there is only one pane. */
  list(): void {
    view.place = 'conversations';
    view.conversation = null;
    view.jump = null;
    view.outbox = false;
  },
  /** Without words the last ones stand there again, ready to be typed over. */
  search(query = view.search.query): void {
    view.place = 'search';
    view.search = { query };
    view.dialog = null;
  },
  settings(): void {
    view.place = 'settings';
    view.dialog = null;
  },
  leave(): void {
    view.place = 'conversations';
  },
  outbox(): void {
    view.place = 'conversations';
    view.outbox = true;
    view.dialog = null;
  },
  reset(): void {
    goTo.list();
    view.dialog = null;
    view.search = { query: '' };
  },
};
