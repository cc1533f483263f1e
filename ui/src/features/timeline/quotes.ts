/** What can be answered, and how it is quoted. */
import type { MessageView, QuoteView } from '../../lib/backend';
import { spoken } from '../../lib/formatted';
import { nameOf } from '../../lib/people';
import { t } from '../../lib/words';

/** What somebody said that is there, or will be by itself. */
export function canAnswer(message: MessageView): boolean {
  return message.content.kind !== 'deleted' && message.content.kind !== 'system' && message.state?.kind !== 'failed' && message.state?.kind !== 'canceling';
}

/** A message on the screen, as a reply to it quotes it. */
export function quoteOf(message: MessageView): QuoteView {
  return { message: message.id, sender: message.sender, name: message.sender_name, mine: message.mine, what: whatOf(message) };
}

function whatOf({ blocked, content }: MessageView): QuoteView['what'] {
  if (content.kind === 'deleted') return { kind: 'deleted' };
  if (blocked) return { kind: 'blocked' };
  if (content.kind !== 'text') return { kind: 'unknown' };
  const lines = spoken(content).split('\n');
  return { kind: 'text', text: lines.find((line) => line.trim() !== '')?.trim() ?? '' };
}

/** Whose words they are; empty while that is not known. */
export function whoOf(quote: QuoteView): string {
  if (quote.sender === null) return '';
  return quote.mine ? t('message-me') : nameOf(quote.name);
}

/** Its line. */
export function lineOf({ what }: QuoteView): string {
  switch (what.kind) {
    case 'text':
      return what.text;
    case 'blocked':
      return t('message-blocked');
    case 'deleted':
      return t('message-deleted');
    case 'hidden':
      return t('quote-hidden');
    case 'unknown':
      return t('message-unknown');
    case 'missing':
      return what.coming ? t('quote-coming') : t('quote-never');
  }
}
