/** What a reply quotes, as the replica draws it. */
import type { Content, OutboxItem, QuoteView } from '../types';
import { plainOf } from './formatted';
import { ME, isKnown, isWhole } from './model';
import type { Conversation } from './model';
import { allOf } from './threads';

export interface Around {
  names: Map<string, string>;
  outbox: OutboxItem[];
  blocked: string[];
}

export function quoteIn(conversation: Conversation, message: string | null | undefined, { names, outbox, blocked }: Around): QuoteView | null {
  if (!message) return null;
  const found = allOf(conversation).find((other) => other.id === message);
  if (found?.hidden) return { message, sender: null, name: '', mine: false, what: { kind: 'hidden' } };
  if (found && (found.thread_root !== undefined || isKnown(conversation, found.pos))) {
    const change = outbox.findLast((item) => item.message === message && item.state.kind !== 'failed');
    const text = change ? change.text : textOf(found.content);
    return { message, sender: found.sender, name: names.get(found.sender) ?? '?', mine: found.sender === ME.user, what: whatOf(text, blocked.includes(found.sender)) };
  }
  const waiting = outbox.find((item) => item.id === message);
  if (waiting) return { message, sender: ME.user, name: ME.name, mine: true, what: whatOf(waiting.text, false) };
  return { message, sender: null, name: '', mine: false, what: { kind: 'missing', coming: !isWhole(conversation) } };
}

function textOf(content: Content): string | null {
  return content.kind === 'text' ? content.text : null;
}

function whatOf(text: string | null, hidden: boolean): QuoteView['what'] {
  if (text === null) return { kind: 'deleted' };
  return hidden ? { kind: 'blocked' } : { kind: 'text', text: plainOf(text).split('\n')[0] ?? '' };
}
