import { describe, expect, test } from 'vitest';
import { Anchor } from './anchor';

/** A column of rows with heights, and a scroller over it: as much layout as the anchor asks about. */
function layout(heights: number[], view = 500) {
  const rows: { id: number; height: number; isConnected: boolean; offsetTop: number; offsetHeight: number }[] = [];
  let next = 0;
  const make = (height: number) => {
    const row = {
      id: (next += 1),
      height,
      get isConnected(): boolean {
        return rows.includes(row);
      },
      get offsetTop(): number {
        return rows.slice(0, rows.indexOf(row)).reduce((sum, before) => sum + before.height, 0);
      },
      get offsetHeight(): number {
        return row.height;
      },
    };
    return row;
  };
  rows.push(...heights.map(make));
  let top = 0;
  const scroller = {
    clientHeight: view,
    get scrollHeight() {
      return rows.reduce((sum, row) => sum + row.height, 0);
    },
    get scrollTop() {
      return top;
    },
    set scrollTop(value: number) {
      top = Math.max(0, Math.min(value, scroller.scrollHeight - scroller.clientHeight));
    },
  };
  const anchor = new Anchor(scroller as unknown as HTMLElement, { children: rows } as unknown as HTMLElement);
  return {
    rows,
    scroller,
    anchor,
    prepend: (more: number[]) => rows.unshift(...more.map(make)),
    append: (more: number[]) => rows.push(...more.map(make)),
    /** Where a row is on the screen. */
    at: (row: { offsetTop: number } | undefined) => (row?.offsetTop ?? 0) - scroller.scrollTop,
    scroll: (to: number, tail = true) => {
      scroller.scrollTop = to;
      anchor.scrolled(tail);
    },
  };
}

describe('the anchor', () => {
  test('a window that grows and shrinks again stays at the bottom', () => {
    const { scroller, anchor, scroll } = layout(Array(50).fill(40));
    anchor.fix();
    scroller.clientHeight = 700;
    // The engine moves what would show emptiness, and says so as if somebody had scrolled.
    scroll(scroller.scrollTop);
    expect(anchor.stick).toBe(true);
    scroller.clientHeight = 400;
    anchor.fix();
    expect(anchor.below).toBe(0);
  });

  test('sticks to the bottom until one scrolls up, and again once one is back', () => {
    const { scroller, anchor, append, scroll } = layout(Array(50).fill(40));
    anchor.fix();
    append([40, 40]);
    anchor.fix();
    expect(anchor.below).toBe(0);
    scroll(scroller.scrollTop - 100);
    append([40]);
    anchor.fix();
    expect(anchor.below).toBe(140);
    scroll(scroller.scrollHeight);
    append([40]);
    anchor.fix();
    expect(anchor.below).toBe(0);
  });

  test('the last row of a window is not the end when more lies after it', () => {
    const { scroller, anchor, append, scroll } = layout(Array(50).fill(40));
    anchor.fix();
    scroll(200);
    scroll(scroller.scrollHeight, false);
    append(Array(10).fill(40));
    anchor.fix();
    expect(anchor.below).toBe(400);
  });

  test('four hundred prepends, trims and late growth above never move what is looked at', () => {
    const { rows, anchor, prepend, at, scroll } = layout(Array.from({ length: 240 }, (_, i) => 30 + (i % 7) * 12));
    anchor.fix();
    scroll(3_000);
    let random = 7;
    const dice = (sides: number) => (random = (random * 48_271) % 2_147_483_647) % sides;
    let moved = 0;
    for (let i = 0; i < 400; i += 1) {
      scroll(2_000 + dice(3_000));
      const seen = rows.find((row) => at(row) >= 0);
      const before = at(seen);
      anchor.fix();
      anchor.mark();
      prepend(Array.from({ length: 60 }, () => 20 + dice(200)));
      rows.length = 240;
      anchor.fix();
      const grown = rows[dice(20)];
      if (grown) grown.height += dice(90);
      anchor.fix();
      if (seen?.isConnected && Math.abs(at(seen) - before) > 0) moved += 1;
    }
    expect(moved).toBe(0);
  });

  test('a row that grows while one scrolls does not eat the way one went', () => {
    const { rows, scroller, anchor, at, scroll } = layout(Array(100).fill(50));
    anchor.fix();
    scroll(2_000);
    const row = rows[45];
    const before = at(row);
    if (rows[3]) rows[3].height += 70;
    scroll(scroller.scrollTop - 120);
    expect(at(row)).toBe(before + 120);
  });
});
