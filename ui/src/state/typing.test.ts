import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typing } from './typing.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  typing.clear();
  vi.useRealTimers();
});

test('somebody writes until they stop saying so', () => {
  typing.tell('c', 'u1', 'Yuki', 6_000);
  typing.tell('c', 'u2', 'Idris', 6_000);
  vi.advanceTimersByTime(4_000);
  typing.tell('c', 'u1', 'Yuki', 6_000);
  expect(typing.names('c')).toEqual(['Yuki', 'Idris']);
  vi.advanceTimersByTime(3_000);
  expect(typing.names('c')).toEqual(['Yuki']);
  expect(typing.names('another')).toEqual([]);
  vi.advanceTimersByTime(3_000);
  expect(typing.names('c')).toEqual([]);
});

test('what they wrote has arrived', () => {
  typing.tell('c', 'u1', 'Yuki', 6_000);
  typing.tell('c', 'u1', '', 0);
  expect(typing.names('c')).toEqual([]);
});
