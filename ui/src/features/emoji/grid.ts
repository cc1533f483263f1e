/** The emoji on the screen as rows, through which the keys go. */

/** In one row; the style says the same. */
export const COLUMNS = 9;

export interface Group<T> {
  key: string;
  cells: T[];
}

/** Where the keys are: the how manieth of all cells. */
export function moved(sizes: number[], at: number, key: string, dir: 'ltr' | 'rtl' = 'ltr'): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total === 0) return 0;
  const [forward, back] = dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  if (key === forward) return Math.min(at + 1, total - 1);
  if (key === back) return Math.max(at - 1, 0);
  const rows = rowsOf(sizes);
  const row = rows.findIndex(({ from, length }) => at >= from && at < from + length);
  const column = at - (rows[row]?.from ?? 0);
  const next = rows[Math.max(0, Math.min(row + stepOf(key), rows.length - 1))];
  return next ? next.from + Math.min(column, next.length - 1) : at;
}

function stepOf(key: string): number {
  if (key === 'ArrowDown') return 1;
  if (key === 'ArrowUp') return -1;
  return key === 'PageDown' ? 5 : -5;
}

/** Each group begins a row of its own. */
function rowsOf(sizes: number[]): { from: number; length: number }[] {
  const rows = [];
  let from = 0;
  for (const size of sizes) {
    for (let done = 0; done < size; done += COLUMNS) rows.push({ from: from + done, length: Math.min(COLUMNS, size - done) });
    from += size;
  }
  return rows;
}
