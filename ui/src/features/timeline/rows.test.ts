import { describe, expect, test } from 'vitest';
import type { MessageView } from '../../lib/backend';
import type { Window } from './pages';
import { rowsOf } from './rows';

const NOON = new Date(2026, 10, 21, 12, 0).getTime();
const MINUTE = 60_000;

function message(id: string, sender: string, minute: number, more: Partial<MessageView> = {}): MessageView {
  const mine = sender === 'me';
  return {
    id,
    pos: Number(id.slice(1)),
    sender,
    sender_name: sender,
    mine,
    blocked: false,
    content: { kind: 'text', text: id },
    kind: 'text',
    at: NOON + minute * MINUTE,
    state: mine ? { kind: 'sent' } : null,
    edited: false,
    starred: false,
    pinned: false,
    forwarded: false,
    quote: null,
    change: null,
    ...more,
  };
}

function windowOf(messages: MessageView[], more: Partial<Window> = {}): Window {
  return { messages, before: 'more', after: 'end', read_pos: 0, unread: 0, ...more };
}

/** "m1 first last" and the like, one line for each row. */
function drawn(window: Window, line: Parameters<typeof rowsOf>[1] = null): string[] {
  return rowsOf(window, line).map((row) => {
    if (row.kind !== 'message') return row.kind;
    return [row.message.id, row.first && 'first', row.last && 'last', row.waits && 'waits'].filter(Boolean).join(' ');
  });
}

describe('groups', () => {
  test('same sender, same day, under five minutes, nothing between', () => {
    const rows = drawn(windowOf([message('m1', 'a', 0), message('m2', 'a', 4), message('m3', 'a', 9), message('m4', 'b', 9), message('m5', 'a', 10)]));
    expect(rows).toEqual(['day', 'm1 first', 'm2 last', 'm3 first last', 'm4 first last', 'm5 first last']);
  });

  test('midnight parts a group and days have one separator each', () => {
    const night = message('m2', 'a', 0, { at: NOON + 12 * 60 * MINUTE });
    const before = message('m1', 'a', 0, { at: NOON + 12 * 60 * MINUTE - MINUTE });
    expect(drawn(windowOf([before, night]))).toEqual(['day', 'm1 first last', 'day', 'm2 first last']);
  });

  test('the unread line parts a group and stands before the first unread message of somebody else', () => {
    const rows = drawn(windowOf([message('m1', 'a', 0), message('m2', 'me', 1), message('m3', 'a', 2), message('m4', 'a', 3)]), { after: 1, count: 2 });
    expect(rows).toEqual(['day', 'm1 first last', 'm2 first last', 'unread', 'm3 first', 'm4 last']);
  });

  test('a failed message is followed by a group of its own', () => {
    const failed = message('m1', 'me', 0, { pos: null, state: { kind: 'failed', problem: { code: 'x', message: 'x' } } });
    expect(drawn(windowOf([failed, message('m2', 'me', 1)]))).toEqual(['day', 'm1 first last', 'm2 first last']);
  });
});

test('what waits says so once, under the last of those that wait together', () => {
  const waiting = (id: string, minute: number) => message(id, 'me', minute, { pos: null, state: { kind: 'queued' } });
  expect(drawn(windowOf([message('m1', 'me', 0), waiting('m2', 1), waiting('m3', 2)]))).toEqual(['day', 'm1 first', 'm2', 'm3 last waits']);
});

test('the edges are drawn: the beginning, a hole before, a hole after', () => {
  expect(drawn(windowOf([message('m1', 'a', 0)], { before: 'end' }))[0]).toBe('beginning');
  expect(drawn(windowOf([message('m1', 'a', 0)], { before: 'gap', after: 'gap' }))).toEqual(['gap', 'day', 'm1 first last', 'gap']);
  expect(drawn(windowOf([], { before: 'end' }))).toEqual([]);
});

test('keys are never there twice', () => {
  const messages = Array.from({ length: 50 }, (_, i) => message(`m${i + 1}`, i % 3 ? 'a' : 'b', i * 200));
  const keys = rowsOf(windowOf(messages), { after: 10, count: 3 }).map((row) => row.key);
  expect(new Set(keys).size).toBe(keys.length);
});
