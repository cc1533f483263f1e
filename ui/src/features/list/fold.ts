/** The list by group, as it stands on this computer. */
import type { ListOrder } from '../../lib/backend';
import { changeSettings, session } from '../../state/session.svelte';
import { attempt } from '../../state/toasts.svelte';

/** Folds the section of a group, or of what is of none, or shows what is in it. */
export function fold(group: string | null, on: boolean): void {
  const folded = session.settings.folded_sections;
  if (folded.includes(group) === on) return;
  const others = folded.filter((other) => other !== group);
  void attempt(() => changeSettings({ folded_sections: on ? [...others, group] : others }));
}

/** In sections by group, or in one list. */
export function standByGroup(on: boolean): void {
  void attempt(() => changeSettings({ list_by_group: on }));
}

/** By what was said last, with the unread above, or by name. */
export function standInOrder(list_order: ListOrder): void {
  void attempt(() => changeSettings({ list_order }));
}
