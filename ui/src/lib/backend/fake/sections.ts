/** The fake's list, as it is and in sections by group. */
import { isMuted } from '../../muted';
import { compareNames } from '../../names';
import type { Commands } from '../commands';
import type { ConversationItem, ListOrder, ListSection } from '../types';
import type { Fake } from './fake';

export function listHandlers(fake: Fake): Pick<Commands, 'list_conversations' | 'list_sections'> {
  return {
    list_conversations: ({ filter, order, limit }) => inOrder(fake.lines(filter), order).slice(0, limit),
    list_sections: ({ filter, order, folded, limit }) => sectionsOf(inOrder(fake.lines(filter), order), folded, limit, fake.now()),
  };
}

/** What is pinned keeps its place; what is alike stays as it was. */
function inOrder(lines: ConversationItem[], order: ListOrder): ConversationItem[] {
  const news = (line: ConversationItem) => line.unread + (line.asides ?? 0) > 0;
  const by: Record<ListOrder, (a: ConversationItem, b: ConversationItem) => number> = {
    newest: () => 0,
    unread: (a, b) => Number(news(b)) - Number(news(a)),
    name: (a, b) => Number(a.name === '') - Number(b.name === '') || compareNames(a.name, b.name),
  };
  return lines.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || (a.pinned ? 0 : by[order](a, b)));
}

/** What is of no group first, then the groups by name; of what is not folded the first lines are there. */
function sectionsOf(lines: ConversationItem[], folded: (string | null)[], limit: number, now: number): ListSection[] {
  const found = new Map<string | null, ConversationItem[]>();
  for (const line of lines) found.set(line.group?.id ?? null, [...(found.get(line.group?.id ?? null) ?? []), line]);
  let left = limit;
  return [...found]
    .map(([id, all]): { id: string | null; section: ListSection } => {
      const unread = all.reduce((sum, line) => sum + (isMuted(line, now) ? 0 : line.unread), 0);
      const mentions = all.reduce((sum, line) => sum + line.mentions, 0);
      const asides = all.reduce((sum, line) => sum + (isMuted(line, now) ? 0 : (line.asides ?? 0)), 0);
      const counts = { count: all.length, unread, mentions, ...(asides > 0 ? { asides } : {}) };
      return { id, section: { group: all[0]?.group ?? null, ...counts, items: all } };
    })
    .toSorted((a, b) => Number(a.id !== null) - Number(b.id !== null) || (a.section.group?.name ?? '').localeCompare(b.section.group?.name ?? ''))
    .map(({ id, section }) => {
      const items = folded.includes(id) ? [] : section.items.slice(0, left);
      left -= items.length;
      return { ...section, items };
    });
}
