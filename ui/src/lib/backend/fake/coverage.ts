/** How much of Elin's conversations is on her computer. */
import type { Commands } from '../commands';
import type { CoverageView } from '../types';
import type { Fake } from './fake';
import { isKnown, isWhole } from './model';
import type { Conversation } from './model';

/** Every message that there is. */
export function countOf(fake: Fake): number {
  return fake.conversations.reduce((sum, conversation) => sum + conversation.messages.length, 0);
}

export function coverageHandlers(fake: Fake): Pick<Commands, 'read_coverage' | 'list_coverage'> {
  return {
    read_coverage: ({ conversation }) => coverageOf(fake.find(conversation)),
    list_coverage: () => {
      const items = fake.conversations.map(coverageOf).sort((a, b) => Number(a.complete) - Number(b.complete));
      const complete = items.filter((item) => item.complete).length;
      return { conversations: items.length, complete, messages: countOf(fake), items };
    },
  };
}

function coverageOf(conversation: Conversation): CoverageView {
  const here = conversation.messages.filter(({ pos }) => isKnown(conversation, pos));
  const since = conversation.messages.find(({ pos }) => pos >= (conversation.known.at(-1)?.[0] ?? 1))?.at ?? null;
  const missing = conversation.messages.length - here.length;
  return { conversation: conversation.id, name: conversation.name, messages: here.length, since, complete: isWhole(conversation), missing };
}
