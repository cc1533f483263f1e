/** What can be done to a message, by the mouse and by keys. */
import type { ChangeView, MessageView } from '../../lib/backend';
import { letterOf } from '../main/keys';
import { canAnswer } from './quotes';
import { isCollapsed } from './revealed.svelte';

export interface MessageActs {
  /** `refused`: an edit of mine with whose text one goes on. */
  edit: (message: MessageView, refused?: ChangeView) => void;
  delete: (message: MessageView) => void;
  /** For me alone. */
  hide: (message: MessageView) => void;
  /** As unread from here on; left out in a thread that I do not follow. */
  unread?: ((message: MessageView) => void) | undefined;
  /** Puts my emoji on it, or takes it back. */
  react: (message: MessageView, emoji: string) => void;
  /** Offers every emoji. */
  pick: (message: MessageView) => void;
  /** Shows who has put what on it. */
  reactors: (message: MessageView) => void;
  /** For me, or its star off. */
  star: (message: MessageView) => void;
  /** Offers my collections to put it into. */
  collect: (message: MessageView) => void;
  /** For everybody, or not any more; left out where I may not. */
  pin?: (message: MessageView) => void;
  /** What it said before it was edited. */
  versions: (message: MessageView) => void;
  /** Tells why I was told of it, or not. */
  why: (message: MessageView) => void;
  /** Passes it on to other conversations. */
  forward: (message: MessageView) => void;
  /** Opens what is said under it, or in whose thread it stands; left out where that is open. */
  thread?: ((message: MessageView) => void) | undefined;
  /** Copies the link to it. */
  link: (message: MessageView) => void;
  /** Not where nothing can be written. */
  reply?: ((message: MessageView) => void) | undefined;
  /** To what it answers. */
  original: (message: MessageView) => void;
}

/** Only my own, and only while there is a text; what could not be sent has ways of its own under it. */
export function canChange(message: MessageView): boolean {
  return message.mine && message.content.kind === 'text' && message.state?.kind !== 'failed' && message.state?.kind !== 'canceling';
}

/** Words of my own: what was forwarded are somebody else's. */
export function canEdit(message: MessageView): boolean {
  return canChange(message) && !message.forwarded;
}

/** What says something, also while it waits to be sent. */
export function canForward(message: MessageView): boolean {
  return message.content.kind === 'text' && message.state?.kind !== 'failed' && message.state?.kind !== 'canceling' && !isCollapsed(message);
}

/** What somebody else has sent. */
export function canBeUnread(message: MessageView): boolean {
  return !message.mine && message.pos !== null;
}

/** What somebody else says, of which I may have been told. */
export function canAskWhy(message: MessageView): boolean {
  return canBeUnread(message) && message.content.kind === 'text';
}

/** What the server has and somebody can read. */
export function canReact(message: MessageView): boolean {
  return message.pos !== null && message.content.kind !== 'deleted' && !isCollapsed(message);
}

/** What somebody blocked wrote is not given away before I ask for it. */
export function hasVersions(message: MessageView): boolean {
  return message.edited && message.pos !== null && message.content.kind === 'text' && !isCollapsed(message);
}

/** What the server has and nobody has deleted: it can be starred, collected, hidden, pinned and linked to. */
export function canMark(message: MessageView): boolean {
  return message.pos !== null && message.content.kind !== 'deleted';
}

/** The message under an event, of those that are shown. */
export function messageAt(event: Event, messages: MessageView[]): MessageView | undefined {
  const { target } = event;
  const shown = target instanceof Element ? target.closest<HTMLElement>('[data-testid="message"]') : null;
  return shown ? messages.find((message) => message.id === shown.dataset.id) : undefined;
}

/** The keys of a message that has the focus. True when the key was one of them. */
export function onMessageKey(event: KeyboardEvent, messages: MessageView[], acts: MessageActs): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.dataset.testid !== 'message' || event.ctrlKey || event.metaKey || event.altKey) return false;
  const message = messageAt(event, messages);
  if (event.key === 'ArrowUp' || event.key === 'ArrowDown') return step(target, event.key === 'ArrowUp' ? -1 : 1);
  if (!message) return false;
  if (acts.reply && canAnswer(message) && letterOf(event) === 'r') return (acts.reply(message), true);
  if (message.quote && event.key === 'Enter') return (acts.original(message), true);
  if (acts.unread && canBeUnread(message) && letterOf(event) === 'u') return (acts.unread(message), true);
  if (canReact(message) && event.key === '+') return (acts.pick(message), true);
  if (canMark(message) && letterOf(event) === 's') return (acts.star(message), true);
  if (canMark(message) && letterOf(event) === 'c') return (acts.collect(message), true);
  if (hasVersions(message) && letterOf(event) === 'h') return (acts.versions(message), true);
  if (canForward(message) && letterOf(event) === 'f') return (acts.forward(message), true);
  if (acts.thread && canMark(message) && letterOf(event) === 't') return (acts.thread(message), true);
  if (canMark(message) && letterOf(event) === 'l') return (acts.link(message), true);
  if (event.key === 'Delete' && !message.mine && canMark(message)) return (acts.hide(message), true);
  if (!canChange(message)) return false;
  if (letterOf(event) === 'e' && canEdit(message)) acts.edit(message);
  else if (event.key === 'Delete') acts.delete(message);
  else return false;
  return true;
}

/** The focus goes to the message after one that goes from under it, or to the one before; after the only one, to the timeline. */
export function stepAside(id: string, timeline: HTMLElement | undefined): void {
  const all = [...(timeline?.querySelectorAll<HTMLElement>('[data-testid="message"]') ?? [])];
  const at = all.findIndex((message) => message.dataset.id === id);
  if (at >= 0) (all[at + 1] ?? all[at - 1] ?? timeline)?.focus();
}

function step(from: HTMLElement, by: -1 | 1): boolean {
  const all = [...((from.closest('[data-messages]') ?? from.closest('[role="log"]'))?.querySelectorAll<HTMLElement>('[data-testid="message"]') ?? [])];
  const next = all[all.indexOf(from) + by];
  next?.focus();
  return next !== undefined;
}
