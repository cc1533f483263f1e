import { expect, test } from 'vitest';
import { fieldOf, laterChoices, momentIn } from './later';
import { whenOf } from './time';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).getTime();
const offered = (now: number) => laterChoices(now).map(({ id, at }) => [id, fieldOf(at)]);

test('what is offered is ahead: no evening that is nearly over, no Monday that is tomorrow', () => {
  // The 4th of March 2026 is a Wednesday.
  expect(offered(at(4, 10))).toEqual([
    ['hour', '2026-03-04T11:00'],
    ['evening', '2026-03-04T20:00'],
    ['tomorrow', '2026-03-05T09:00'],
    ['monday', '2026-03-09T09:00'],
  ]);
  expect(offered(at(4, 19, 30)).map(([id]) => id)).toEqual(['hour', 'tomorrow', 'monday']);
  expect(offered(at(8, 10)).map(([id]) => id)).toEqual(['hour', 'evening', 'tomorrow']);
  // On a Monday the next one is meant.
  expect(offered(at(9, 8)).at(-1)).toEqual(['monday', '2026-03-16T09:00']);
});

test('a field holds a moment by the local clock, to the minute, and nothing while it is empty', () => {
  expect(momentIn(fieldOf(at(4, 10, 7)))).toBe(at(4, 10, 7));
  expect(momentIn('')).toBeNull();
});

test('what is to come is told by its day', () => {
  const now = at(4, 10);
  expect(whenOf(at(4, 20), now)).toMatch(/^Today, .*(8|20)/);
  expect(whenOf(at(5, 9), now)).toMatch(/^Tomorrow, /);
  expect(whenOf(at(9, 9), now)).toMatch(/Mon/);
  expect(whenOf(new Date(2027, 0, 4, 9).getTime(), now)).toMatch(/2027/);
});
