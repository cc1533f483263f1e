/** What the timeline draws, in order. Grouping comes from the neighbours in the data, never from the DOM. */
import type { MessageView } from '../../lib/backend';
import { dayKey } from '../../lib/time';
import type { Window } from './pages';

const GROUP_MS = 5 * 60_000;

/** `waits`: the reason why it has not left stands under it; only under the last of those that wait together. */
export type Row =
  | { kind: 'beginning'; key: string; removed: boolean }
  | { kind: 'gap'; key: string }
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'happened'; key: string; message: MessageView }
  | { kind: 'message'; key: string; message: MessageView; first: boolean; last: boolean; waits: boolean };

/** The unread line: after which place it stands, and what it says. */
export interface UnreadLine {
  after: number;
  count: number;
}

function isQueued(message: MessageView): boolean {
  return message.state?.kind === 'queued' || message.state?.kind === 'sending';
}

export function rowsOf(window: Window, line: UnreadLine | null): Row[] {
  const rows: Row[] = [];
  const { messages } = window;
  if (window.before === 'end' && messages.length > 0) rows.push({ kind: 'beginning', key: 'beginning', removed: window.removed === true });
  if (window.before === 'gap') rows.push({ kind: 'gap', key: 'gap-before' });

  let day = '';
  let lineDrawn = line === null;
  let group: Extract<Row, { kind: 'message' }> | null = null;
  for (const message of messages) {
    const today = dayKey(message.at);
    if (today !== day) {
      day = today;
      group = null;
      rows.push({ kind: 'day', key: `day-${today}-${message.id}`, at: message.at });
    }
    if (message.content.kind === 'system') {
      group = null;
      rows.push({ kind: 'happened', key: message.id, message });
      continue;
    }
    if (!lineDrawn && line && message.pos !== null && message.pos > line.after && !message.mine) {
      lineDrawn = true;
      group = null;
      rows.push({ kind: 'unread', key: 'unread', count: line.count });
    }
    const joins: boolean =
      group !== null && group.message.sender === message.sender && message.at - group.message.at < GROUP_MS && !follows(group.message);
    const row: Row = { kind: 'message', key: message.id, message, first: !joins, last: true, waits: isQueued(message) };
    if (joins && group) {
      group.last = false;
      // The reason is said once, under the last of those that wait together.
      if (isQueued(message)) group.waits = false;
    }
    rows.push(row);
    group = row;
  }
  if (window.after === 'gap') rows.push({ kind: 'gap', key: 'gap-after' });
  return rows;
}

/** A failed message has its reason under it: the next one starts a group of its own. */
function follows(message: MessageView): boolean {
  return message.state?.kind === 'failed';
}
