import { expect, test } from 'vitest';
import { dateChoices, dayField, dayIn } from './dates';

const day = (year: number, month: number, day: number, hour = 0) => new Date(year, month - 1, day, hour).getTime();
const offered = (now: number) => dateChoices(now).map(({ id, at }) => [id, id === 'first' ? at : dayField(at)]);

test('a week, a month and a year ago are days of the calendar', () => {
  expect(offered(day(2026, 11, 23, 18))).toEqual([
    ['week', '2026-11-16'],
    ['month', '2026-10-23'],
    ['year', '2025-11-23'],
    ['first', 0],
  ]);
  // A month that has no such day: its last one.
  expect(offered(day(2026, 3, 31)).slice(0, 2)).toEqual([
    ['week', '2026-03-24'],
    ['month', '2026-02-28'],
  ]);
  expect(offered(day(2024, 2, 29)).slice(1, 3)).toEqual([
    ['month', '2024-01-29'],
    ['year', '2023-02-28'],
  ]);
  expect(offered(day(2026, 1, 3)).slice(0, 2)).toEqual([
    ['week', '2025-12-27'],
    ['month', '2025-12-03'],
  ]);
});

test('each of them is when that day began', () => {
  for (const { at, id } of dateChoices(day(2026, 7, 19, 23))) if (id !== 'first') expect(dayIn(dayField(at))).toBe(at);
});

test('a field names a day from its first moment on, and nothing while it is empty', () => {
  expect(dayIn('2026-03-04')).toBe(day(2026, 3, 4));
  expect(dayField(day(2026, 3, 4, 23))).toBe('2026-03-04');
  expect(dayIn('')).toBeNull();
  expect(dayIn('2026-13-01')).toBeNull();
});
