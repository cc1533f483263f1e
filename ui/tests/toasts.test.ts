/** How long short answers stay. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toast } from '../src/state/toasts.svelte';

const shown = () => toast.shown.map(({ text }) => text);
const UNDO = { label: 'Undo', run: () => undefined };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  toast.clear();
});

afterEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true });
});

test('what can be undone stays longer than what is only said', () => {
  toast.info('said');
  toast.info('done', UNDO);
  vi.advanceTimersByTime(6_000);
  expect(shown()).toEqual(['done']);
  vi.advanceTimersByTime(13_999);
  expect(shown()).toEqual(['done']);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual([]);
});

test('it stays while it is pointed at or has the focus, and as long again afterwards', () => {
  const id = toast.info('done', UNDO);
  toast.hold(id, 'focus');
  toast.hold(id, 'pointer');
  vi.advanceTimersByTime(60_000);
  toast.release(id, 'focus');
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['done']);
  toast.release(id, 'pointer');
  vi.advanceTimersByTime(19_999);
  expect(shown()).toEqual(['done']);
  vi.advanceTimersByTime(1);
  expect(shown()).toEqual([]);
});
