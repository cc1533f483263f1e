import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchIdle } from './idle';
import { IDLE_MS } from './limits';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a window falls idle when nobody touches it, wakes at once, and says each once', () => {
  const told: boolean[] = [];
  const stop = watchIdle((idle) => void told.push(idle));
  vi.advanceTimersByTime(IDLE_MS - 1);
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  vi.advanceTimersByTime(IDLE_MS - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(IDLE_MS);
  expect(told).toEqual([true]);
  window.dispatchEvent(new Event('pointermove'));
  window.dispatchEvent(new Event('pointerdown'));
  expect(told).toEqual([true, false]);
  stop();
  vi.advanceTimersByTime(IDLE_MS);
  window.dispatchEvent(new Event('pointermove'));
  expect(told).toEqual([true, false]);
});
