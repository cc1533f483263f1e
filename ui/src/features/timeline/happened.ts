/** What happened to a conversation, in words. */
import type { HappenedTo, HappenedView, MessageView } from '../../lib/backend';
import { nameOf } from '../../lib/people';
import { byLocale } from '../../lib/language.svelte';
import { t } from '../../lib/words';

/** People named at most; the others are counted. */
const NAMED_MAX = 3;
const list = byLocale((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

export function happenedWords({ content, mine, sender_name }: MessageView): string {
  if (content.kind !== 'system') return '';
  const said = whatBy(content.happened, mine, nameOf(sender_name));
  const heir = content.happened.event === 'left' || content.happened.event === 'removed' ? content.happened.heir : null;
  if (!heir) return said;
  return `${said} ${heir.me ? t('happened-heir-me') : t('happened-heir', { name: whoOf(heir) })}`;
}

function whatBy(happened: HappenedView, mine: boolean, name: string): string {
  switch (happened.event) {
    case 'edited':
      if (happened.name && happened.topic) return mine ? t('happened-both-me') : t('happened-both', { name });
      if (happened.name) return mine ? t('happened-name-me') : t('happened-name', { name });
      return mine ? t('happened-topic-me') : t('happened-topic', { name });
    case 'added': {
      const people = peopleOf(happened.people);
      return mine ? t('happened-added-me', { people }) : t('happened-added', { name, people });
    }
    case 'removed': {
      const person = whoOf(happened.person);
      return mine ? t('happened-removed-me', { person }) : t('happened-removed', { name, person });
    }
    case 'left':
      return mine ? t('happened-left-me') : t('happened-left', { name });
    case 'role_set':
      return roleBy(happened, mine, name);
    case 'history_set':
      if (happened.shared) return mine ? t('happened-shared-me') : t('happened-shared', { name });
      return mine ? t('happened-not-shared-me') : t('happened-not-shared', { name });
    case 'picture_set':
      if (happened.removed) return mine ? t('happened-picture-removed-me') : t('happened-picture-removed', { name });
      return mine ? t('happened-picture-me') : t('happened-picture', { name });
    case 'unknown':
      return t('happened-unknown');
  }
}

function roleBy({ person, role }: Extract<HappenedView, { event: 'role_set' }>, mine: boolean, name: string): string {
  const words = { name, person: whoOf(person) };
  if (role === 'admin') return mine ? t('happened-admin-me', words) : t('happened-admin', words);
  return mine ? t('happened-member-me', words) : t('happened-member', words);
}

/** I come first. */
function peopleOf(people: HappenedTo[]): string {
  const all = [...people].sort((a, b) => Number(b.me) - Number(a.me));
  const more = all.length - NAMED_MAX;
  const named = all.slice(0, more > 0 ? NAMED_MAX : undefined).map(whoOf);
  return list().format(more > 0 ? [...named, t('happened-others', { count: more })] : named);
}

function whoOf({ me, deleted, name }: HappenedTo): string {
  if (me) return t('happened-you');
  return deleted ? nameOf('') : name || t('happened-somebody');
}
