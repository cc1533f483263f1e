import { describe, expect, test } from 'vitest';
import { onMarkKey, toggled } from './marks';

const BOLD = { open: '**', close: '**' };
const ITALIC = { open: '*', close: '*' };
const CODE = { open: '`', close: '`' };

/** `|` stands at both ends of what is selected. */
function press(written: string, mark: typeof BOLD): string {
  const [before = '', selected = '', after = ''] = written.split('|');
  const { text, start, end } = toggled({ text: before + selected + after, start: before.length, end: before.length + selected.length }, mark);
  return `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`;
}

describe('marks around what is selected', () => {
  test('come and go', () => {
    for (const mark of [BOLD, ITALIC, CODE]) {
      const once = press('one |two| three', mark);
      expect(once).toBe(`one ${mark.open}|two|${mark.close} three`);
      expect(press(once, mark)).toBe('one |two| three');
    }
  });

  test('are known where they were selected too', () => {
    expect(press('|**two**|', BOLD)).toBe('|two|');
    expect(press('|*two*|', ITALIC)).toBe('|two|');
  });

  test('bold and italic do not take each other away', () => {
    expect(press('**|two|**', ITALIC)).toBe('***|two|***');
    expect(press('***|two|***', ITALIC)).toBe('**|two|**');
    expect(press('***|two|***', BOLD)).toBe('*|two|*');
    expect(press('*|two|*', BOLD)).toBe('***|two|***');
    expect(press('|**two**|', ITALIC)).toBe('*|**two**|*');
  });

  test('touch words, and wait where nothing is selected', () => {
    expect(press('one| two |three', BOLD)).toBe('one **|two|** three');
    expect(press('one ||', BOLD)).toBe('one **||**');
    expect(press('one **||**', BOLD)).toBe('one ||');
  });

  test('several lines of code get a box', () => {
    const box = document.createElement('textarea');
    box.value = 'a\nb';
    box.setSelectionRange(0, 3);
    const key = new KeyboardEvent('keydown', { key: 'e', ctrlKey: true, cancelable: true });
    expect(onMarkKey(key, box)).toBe(true);
    expect([box.value, key.defaultPrevented]).toEqual(['```\na\nb\n```', true]);
    onMarkKey(key, box);
    expect(box.value).toBe('a\nb');
  });

  test('other keys are left alone', () => {
    const box = document.createElement('textarea');
    for (const key of [{ key: 'b' }, { key: 'x', ctrlKey: true }, { key: 'b', ctrlKey: true, shiftKey: true }, { key: 'b', ctrlKey: true, altKey: true }]) {
      expect(onMarkKey(new KeyboardEvent('keydown', key), box)).toBe(false);
    }
  });
});
