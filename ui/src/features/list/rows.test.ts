import { describe, expect, test } from 'vitest';
import type { ConversationItem, ListSection } from '../../lib/backend';
import { rowsOf, sideways } from './rows';
import type { ListRow } from './rows';

const GARDEN = { id: 'garden', name: 'Garden', picture: null };

function line(id: string, at: number, group: ConversationItem['group'] = null): ConversationItem {
  return {
    id,
    kind: group ? 'channel' : 'group',
    name: id,
    group,
    private: false,
    picture: null,
    topic: '',
    peer: null,
    last: { sender: null, text: '', blocked: false, at, state: null },
    unread: 0,
    mentions: 0,
    draft: null,
    draft_quote: null,
    complete: true,
    pinned: false,
    archived: false,
    muted_until: null,
    level: 'all',
  };
}

function section(group: ConversationItem['group'], items: ConversationItem[], count = items.length): ListSection {
  return { group, count, unread: 0, mentions: 0, items };
}

const told = (rows: ListRow[]) => rows.map((row) => (row.kind === 'line' ? row.key : `${row.folded ? '+' : '-'}${row.section.group?.name ?? 'outside'}`));
const [one, two] = [line('one', 9), line('two', 5)];
const [tools, seeds] = [line('tools', 8, GARDEN), line('seeds', 2, GARDEN)];
const both = [section(null, [one, two]), section(GARDEN, [tools, seeds])];
const flat = { sections: null, order: 'newest' as const, items: [one, tools, two, seeds], folded: [], open: undefined };

describe('the rows of the list', () => {
  test('are its lines, or its sections with theirs', () => {
    expect(told(rowsOf(flat))).toEqual(['one', 'tools', 'two', 'seeds']);
    expect(told(rowsOf({ ...flat, sections: both }))).toEqual(['-outside', 'one', 'two', '-Garden', 'tools', 'seeds']);
    expect(told(rowsOf({ ...flat, sections: both, folded: [null] }))).toEqual(['+outside', '-Garden', 'tools', 'seeds']);
    expect(told(rowsOf({ ...flat, sections: both, folded: ['garden', 'gone'] }))).toEqual(['-outside', 'one', 'two', '+Garden']);
    const keys = rowsOf({ ...flat, sections: both }).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('have no head where nothing is of a group, unless it is folded', () => {
    const sections = [section(null, [one, two])];
    expect(told(rowsOf({ ...flat, sections }))).toEqual(['one', 'two']);
    expect(told(rowsOf({ ...flat, sections: [section(null, [], 2)], folded: [null] }))).toEqual(['+outside']);
    expect(told(rowsOf({ ...flat, sections: [section(GARDEN, [tools])] }))).toEqual(['-Garden', 'tools']);
    expect(rowsOf({ ...flat, sections: [] })).toEqual([]);
  });

  test('have what is open where the order has it, though it is read now', () => {
    const open = line('soup', 6);
    expect(told(rowsOf({ ...flat, open }))).toEqual(['one', 'tools', 'soup', 'two', 'seeds']);
    expect(told(rowsOf({ ...flat, order: 'unread', open }))).toEqual(['one', 'tools', 'soup', 'two', 'seeds']);
    const items = [one, seeds, tools, two];
    expect(told(rowsOf({ ...flat, order: 'name', items, open }))).toEqual(['one', 'seeds', 'soup', 'tools', 'two']);
    expect(told(rowsOf({ ...flat, order: 'name', items: [{ ...two, pinned: true }, one], open }))).toEqual(['two', 'one', 'soup']);
  });

  test('end where not all of a section is here, and not at one that was folded a moment ago', () => {
    const more = [section(null, [one], 2), section(GARDEN, [], 2)];
    expect(told(rowsOf({ ...flat, sections: more }))).toEqual(['-outside', 'one']);
    const unfolded = [section(null, [], 2), section(GARDEN, [tools, seeds])];
    expect(told(rowsOf({ ...flat, sections: unfolded }))).toEqual(['-outside', '-Garden', 'tools', 'seeds']);
  });

  test('keep what is looked at where it was, with its section', () => {
    expect(told(rowsOf({ ...flat, items: [one, two], open: tools }))).toEqual(['one', 'tools', 'two']);
    expect(told(rowsOf({ ...flat, items: [one, two], open: { ...seeds, pinned: true } })), 'what is pinned is above').toEqual(['seeds', 'one', 'two']);
    expect(told(rowsOf({ ...flat, items: [{ ...two, pinned: true }, seeds], open: one }))).toEqual(['two', 'one', 'seeds']);
    const sections = [section(null, [one]), section(GARDEN, [seeds])];
    expect(told(rowsOf({ ...flat, sections, open: tools }))).toEqual(['-outside', 'one', '-Garden', 'tools', 'seeds']);
    expect(told(rowsOf({ ...flat, sections: [section(null, [one])], open: tools }))).toEqual(['-outside', 'one', '-Garden', 'tools']);
    expect(told(rowsOf({ ...flat, sections: [section(GARDEN, [tools])], open: two }))).toEqual(['-outside', 'two', '-Garden', 'tools']);
    expect(told(rowsOf({ ...flat, sections, folded: ['garden'], open: tools })), 'folded is folded').toEqual(['-outside', 'one', '+Garden']);
  });
});

describe('a step along the line', () => {
  const rows = rowsOf({ ...flat, sections: both, folded: [null] });

  test('folds and unfolds, leads in and out', () => {
    expect(told(rows)).toEqual(['+outside', '-Garden', 'tools', 'seeds']);
    expect(sideways(rows, 0, true)).toEqual({ group: null, fold: false });
    expect(sideways(rows, 0, false)).toBeNull();
    expect(sideways(rows, 1, false)).toEqual({ group: 'garden', fold: true });
    expect(sideways(rows, 1, true)).toEqual({ to: 2 });
    expect(sideways(rows, 3, false)).toEqual({ to: 1 });
    expect(sideways(rows, 3, true)).toBeNull();
  });

  test('is nothing where there is no section', () => {
    const lines = rowsOf(flat);
    for (const forward of [true, false]) {
      expect(sideways(lines, 1, forward)).toBeNull();
      expect(sideways(lines, -1, forward)).toBeNull();
    }
    const empty = rowsOf({ ...flat, sections: [section(null, [one]), section(GARDEN, [], 0)] });
    expect(sideways(empty, 2, true), 'nothing is in it').toBeNull();
  });
});
