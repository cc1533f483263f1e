/** The rows of the list: its lines, and the heads of its sections where it stands by group. */
import type { ConversationItem, ListOrder, ListSection } from '../../lib/backend';
import { compareNames } from '../../lib/names';

/** By its key, which of a line is its conversation, a row is found again and gets the focus. */
export type ListRow =
  | { kind: 'section'; key: string; section: ListSection; folded: boolean }
  | { kind: 'line'; key: string; item: ConversationItem };

/** Of which group's section something is said; `null`: that of no group. */
export const groupOf = (section: ListSection): string | null => section.group?.id ?? null;

interface Shown {
  /** `null`: the list stands as it is. */
  sections: ListSection[] | null;
  items: ConversationItem[];
  order: ListOrder;
  folded: readonly (string | null)[];
  /** What is looked at: it stays, though it is read now and no longer unread. */
  open: ConversationItem | undefined;
}

export function rowsOf({ sections, items, order, folded, open }: Shown): ListRow[] {
  if (!sections) return lines(items, order, open);
  const home = open?.group?.id ?? null;
  const all = open ? withSection(sections, open) : sections;
  const [first] = all;
  // Where everything is of no group there is nothing to tell apart.
  if (first && all.length === 1 && first.group === null && !folded.includes(null)) return lines(first.items, order, open);
  const rows: ListRow[] = [];
  for (const section of all) {
    const group = groupOf(section);
    const isFolded = folded.includes(group);
    rows.push({ kind: 'section', key: `section ${group ?? ''}`, section, folded: isFolded });
    if (isFolded) continue;
    rows.push(...lines(section.items, order, group === home ? open : undefined));
    // The rest of it comes when the list is scrolled there, and what stands below it only then.
    if (section.items.length > 0 && section.items.length < section.count) break;
  }
  return rows;
}

function lines(items: ConversationItem[], order: ListOrder, open: ConversationItem | undefined): ListRow[] {
  const row = (item: ConversationItem): ListRow => ({ kind: 'line', key: item.id, item });
  if (!open || items.some((item) => item.id === open.id)) return items.map(row);
  // Among what is unread it stood by its last message, also where that comes first.
  const isBefore = (item: ConversationItem) => (order === 'name' ? compareNames(open.name, item.name) < 0 : (item.last?.at ?? 0) < (open.last?.at ?? 0));
  const at = items.findIndex((item) => (item.pinned === open.pinned ? isBefore(item) : open.pinned));
  return (at < 0 ? [...items, open] : [...items.slice(0, at), open, ...items.slice(at)]).map(row);
}

/** With the section of what is looked at, which may be its last one. */
function withSection(sections: ListSection[], open: ConversationItem): ListSection[] {
  if (sections.some((section) => groupOf(section) === (open.group?.id ?? null))) return sections;
  const section: ListSection = { group: open.group, count: 1, unread: 0, mentions: 0, items: [] };
  return open.group ? [...sections, section] : [section, ...sections];
}

/** What a key along the line does: fold or unfold this section, or go to that row. */
export type Sideways = { group: string | null; fold: boolean } | { to: number };

/** As in a tree. `forward`: the way that the language runs. */
export function sideways(rows: ListRow[], at: number, forward: boolean): Sideways | null {
  const row = rows[at];
  if (!row) return null;
  if (row.kind === 'line') {
    const head = rows.findLastIndex((other, i) => i < at && other.kind === 'section');
    return !forward && head >= 0 ? { to: head } : null;
  }
  if (row.folded === forward) return { group: groupOf(row.section), fold: !forward };
  return forward && rows[at + 1]?.kind === 'line' ? { to: at + 1 } : null;
}
