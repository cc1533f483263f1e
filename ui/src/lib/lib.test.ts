import { describe, expect, test, vi } from 'vitest';
import { splitMatch } from './match';
import { coalesce, debounce } from './coalesce';
import { charCount } from './limits';
import { hueOf, initials } from './people';
import { dayTitle, listTime } from './time';

describe('people without pictures', () => {
  test('one or two letters of any script', () => {
    expect(initials('Elin Brandt')).toBe('EB');
    expect(initials('Anneke de Vries')).toBe('AV');
    expect(initials('first-light')).toBe('F');
    expect(initials('Павел Орлов')).toBe('ПО');
    expect(initials('יעל כהן')).toBe('יכ');
    expect(initials('  “quoted”  name ')).toBe('QN');
    expect(initials('👩‍🚀 Space')).toBe('👩‍🚀S');
    expect(initials('')).toBe('?');
  });

  test('a hue is one of twelve, the same every time, and all of them come up', () => {
    const hues = Array.from({ length: 500 }, (_, i) => hueOf(`0198c0de-0000-7000-8000-${String(i).padStart(12, '0')}`));
    expect(new Set(hues).size).toBe(12);
    expect(Math.min(...hues)).toBe(1);
    expect(Math.max(...hues)).toBe(12);
    expect(hueOf('a')).toBe(hueOf('a'));
  });
});

describe('times', () => {
  const now = new Date(2026, 10, 21, 15, 0).getTime();
  const at = (days: number) => now - days * 86_400_000;

  test('a line says the time today, the weekday within a week, then the date', () => {
    expect(listTime(at(0), now)).toMatch(/^(15:00|03:00 PM)$/);
    expect(listTime(at(1), now)).toBe('Fri');
    expect(listTime(at(6), now)).toBe('Sun');
    expect(listTime(at(7), now)).toMatch(/14 Nov|Nov 14/);
    expect(listTime(at(400), now)).toMatch(/2025/);
  });

  test('a day has a name, and the year only when it is another one', () => {
    expect(dayTitle(at(0), now)).toBe('Today');
    expect(dayTitle(at(1), now)).toBe('Yesterday');
    expect(dayTitle(at(3), now)).toMatch(/Wednesday/);
    expect(dayTitle(at(3), now)).not.toMatch(/2026/);
    expect(dayTitle(at(400), now)).toMatch(/2025/);
  });
});

test('characters are counted as the server counts them', () => {
  expect([charCount('abc'), charCount('🔭🔭'), charCount('é')]).toEqual([3, 2, 1]);
});

describe('a name with what was typed', () => {
  const hits = (name: string, query: string) => splitMatch(name, query).filter((part) => part.hit).map((part) => part.text);

  test('marks the beginning of a word, whatever the case or accents', () => {
    expect(hits('Lucía Ferrer', 'luci')).toEqual(['Lucí']);
    expect(hits('Brandt family', 'FAM')).toEqual(['fam']);
    expect(hits('Brandt family', 'amily')).toEqual([]);
    expect(hits('Brandt', '')).toEqual([]);
  });
});

describe('asking at most once at a time', () => {
  test('calls that come meanwhile become one more run', async () => {
    let runs = 0;
    let release = () => {};
    const ask = coalesce(() => {
      runs += 1;
      return new Promise<void>((resume) => (release = resume));
    });
    const first = ask();
    void ask();
    void ask();
    release();
    await vi.waitFor(() => expect(runs).toBe(2));
    release();
    await first;
    expect(runs).toBe(2);
  });

  test('a debounced call waits, can be done at once, and can be called off', () => {
    vi.useFakeTimers();
    const said: number[] = [];
    const say = debounce((n: number) => void said.push(n), 100);
    say(1);
    say(2);
    vi.advanceTimersByTime(100);
    say(3);
    say.flush();
    say(4);
    say.cancel();
    vi.advanceTimersByTime(500);
    vi.useRealTimers();
    expect(said).toEqual([2, 3]);
  });
});
