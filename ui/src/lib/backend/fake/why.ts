/** Why Elin was told of a message: the rules as far as the page can change what they look at. */
import { isUndisturbed } from '../../undisturbed';
import type { Commands } from '../commands';
import type { Problem, RuleName, RuleSaid, RuleStep, WhyView } from '../types';
import type { Fake } from './fake';
import { ME, textOf } from './model';
import { allOf } from './threads';

const GONE: Problem = { code: 'message_gone', message: 'This message is no longer there, or is from a time when you were not in the conversation.' };

export function whyHandlers(fake: Fake): Pick<Commands, 'why_told'> {
  return {
    why_told: ({ conversation, message }): WhyView => {
      const found = fake.find(conversation);
      const row = allOf(found).find((one) => one.id === message);
      if (row?.content.kind !== 'text') throw GONE;
      const { settings } = fake;
      const words = textOf(row.content)?.toLowerCase().split(/\P{L}+/u) ?? [];
      const keyword = settings.keywords.find((one) => words.includes(one.toLowerCase())) ?? null;
      const muted = (found.arranged.muted_until ?? 0) > Date.now();
      const through = settings.mentions_break_mute && keyword !== null;
      const quiet = (is: boolean): RuleSaid => (is ? 'quiet' : 'nothing');
      const asked: [RuleName, RuleSaid][] = [
        ['mine', quiet(row.sender === ME.user)],
        ['keyword', keyword === null ? 'nothing' : 'speaks'],
        ['mute', muted ? (through ? 'lets_through' : 'quiet') : 'nothing'],
        ['do_not_disturb', quiet(isUndisturbed(settings, Date.now()))],
        ['everything', muted ? 'nothing' : 'speaks'],
      ];
      const end = asked.findIndex(([, said]) => said === 'quiet');
      const steps = (end < 0 ? asked : asked.slice(0, end + 1)).map(([rule, said]): RuleStep => ({ rule, said, keyword: rule === 'keyword' ? keyword : null }));
      const decider = steps.find(({ said }) => said === (end < 0 ? 'speaks' : 'quiet'));
      return { told: end < 0, decided_at_local: fake.decided_at, decided_by: decider?.rule ?? 'everything', steps };
    },
  };
}
