/** How much of Elin's conversations is on her computer. */
import type { Commands } from '../commands';
import type { CoverageView, Period, Problem } from '../types';
import type { Fake } from './fake';
import { isKnown, isWhole } from './model';
import type { Conversation } from './model';

const OFFLINE: Problem = { code: 'offline', message: 'This needs the server, and it cannot be reached now. Try again when you are back online.' };

/** Every message that there is. */
export function countOf(fake: Fake): number {
  return fake.conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0);
}

export function coverageHandlers(fake: Fake): Pick<Commands, 'read_coverage' | 'list_coverage' | 'fetch_missing'> {
  return {
    read_coverage: ({ conversation }) => coverageOf(fake.find(conversation)),
    list_coverage: () => {
      const items = fake.conversations.map(coverageOf).sort((a, b) => Number(a.complete) - Number(b.complete));
      const complete = items.filter((item) => item.complete).length;
      return { conversations: items.length, complete, messages: countOf(fake), items };
    },
    fetch_missing: ({ conversations }) => {
      if (fake.connection.kind !== 'live') throw OFFLINE;
      for (const id of conversations) {
        const conversation = fake.find(id);
        // The newest hole, as a whole.
        const [below, top] = conversation.known.slice(-2);
        if (below && top) conversation.known.splice(-2, 2, [below[0], top[1]]);
        else if (below) conversation.known = [[1, below[1]]];
        fake.changed(id);
      }
      return null;
    },
  };
}

function coverageOf(conversation: Conversation): CoverageView {
  const here = conversation.messages.filter(({ pos }) => isKnown(conversation, pos));
  const since = conversation.messages.find(({ pos }) => pos >= (conversation.known.at(-1)?.[0] ?? 1))?.at ?? null;
  const missing = conversation.messages.length - here.length;
  return { conversation: conversation.id, name: conversation.name, messages: here.length, since, complete: isWhole(conversation), missing, holes: holesOf(conversation) };
}

/** The newest first. */
export function holesOf({ messages, known }: Conversation): Period[] {
  const sent = (at: number) => messages.find(({ pos }) => pos === at)?.at ?? null;
  return known.flatMap(([from], i) => (from > 1 ? [{ from: sent(known[i - 1]?.[1] ?? 0), to: sent(from) }] : [])).toReversed();
}
