/** The fake's reading of a query: as much of it as the page shows. The real one is the replica's. */
import type { ConversationItem, PersonView, QueryPartView, QueryProblem, SearchFilterName } from '../types';

export const VALUES: Record<SearchFilterName, string[]> = {
  from: ['me'],
  in: [],
  before: ['today', 'yesterday'],
  after: ['today', 'yesterday'],
  on: ['today', 'yesterday'],
  has: ['link', 'reaction'],
  is: ['starred', 'unread', 'pinned', 'link'],
  mentions: ['me'],
};

const TOKEN = /(-(?=[^\s-]))?(?:(from|in|before|after|on|has|is|mentions):)?(?:"([^"]*)(?:"|$)|([^\s"]*))/iy;
const DAY_MS = 86_400_000;

/** What a filter means to whom the fake knows. */
export interface Known {
  people: PersonView[];
  me: string;
  lines: ConversationItem[];
  now: number;
}

/** A piece, and the ids of those whom it means. */
export interface Piece extends QueryPartView {
  ids: string[];
}

/** Whether each word of `wanted` begins a word of the name. */
export function isCalled(name: string, wanted: string): boolean {
  const words = name.toLowerCase().split(/[\s.]+/);
  return wanted.toLowerCase().split(/\s+/).filter(Boolean).every((part) => words.some((word) => word.startsWith(part)));
}

export function piecesOf(query: string, known: Known): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(query.slice(at))?.[0].length ?? 0;
    if (at >= query.length) return pieces;
    TOKEN.lastIndex = at;
    const [all, sign, name, quoted, bare] = TOKEN.exec(query) ?? [query.slice(at)];
    const filter = (name?.toLowerCase() ?? null) as SearchFilterName | null;
    const end = at + Math.max(1, all.length);
    const open = end === query.length && !all.endsWith('"');
    pieces.push({
      from: at,
      to: end,
      without: sign !== undefined,
      filter,
      text: quoted ?? bare ?? '',
      names: [],
      more: 0,
      day: null,
      unfinished: false,
      problem: null,
      ids: [],
      ...(filter && meaning(filter, quoted ?? bare ?? '', open, known)),
    });
    at = end;
  }
}

function meaning(filter: SearchFilterName, text: string, open: boolean, known: Known): Partial<Piece> {
  const wrong = (problem: QueryProblem, could: boolean) => (open && could ? { unfinished: true } : { problem });
  const lower = text.toLowerCase();
  if (!text) return wrong('no_value', true);
  switch (filter) {
    case 'from': {
      const fits = ({ user, username, name }: PersonView) =>
        lower === 'me' ? user === known.me : text.startsWith('@') ? username === lower.slice(1) : isCalled(`${name} ${username}`, text);
      const people = known.people.filter(fits);
      return people.length > 0 ? { names: people.map(({ name }) => name), ids: people.map(({ user }) => user) } : { problem: 'nobody' };
    }
    case 'in': {
      const fits = ({ name, peer }: ConversationItem) => (text.startsWith('@') ? peer?.username === lower.slice(1) : isCalled(name, text));
      const lines = known.lines.filter(fits);
      return lines.length > 0 ? { names: lines.map(({ name }) => name), ids: lines.map(({ id }) => id) } : { problem: 'no_conversation' };
    }
    case 'before':
    case 'after':
    case 'on': {
      const back = VALUES.on.indexOf(lower);
      const day = back >= 0 ? isoOf(known.now - back * DAY_MS) : /^\d{4}-\d\d-\d\d$/.test(text) ? text : null;
      return day ? { day } : wrong('no_date', /^[\d-]*$/.test(text) || VALUES.on.some((word) => word.startsWith(lower)));
    }
    default:
      return VALUES[filter].includes(lower) ? {} : wrong('no_such_value', VALUES[filter].some((word) => word.startsWith(lower)));
  }
}

export function isoOf(at: number): string {
  const date = new Date(at);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((number) => String(number).padStart(2, '0')).join('-');
}
