/** Going from one account to another, adding one, and taking one off this computer. */
import { call } from '../../lib/backend';
import type { AccountId, AccountView } from '../../lib/backend';
import { t } from '../../lib/words';
import { session, show } from '../../state/session.svelte';
import { attempt } from '../../state/toasts.svelte';
import { view } from '../../state/view.svelte';
import { digitOf } from '../main/keys';

/** What it is called beside its server: nobody's yet, while it is being added. */
export function nameOf(account: AccountView): string {
  return account.me?.name ?? t('account-new');
}

/** Where it is, and whether it needs somebody. */
export function lineOf(account: AccountView): string {
  const state = stateOf(account);
  return [account.server, state].filter(Boolean).join(' · ');
}

function stateOf({ state }: AccountView): string {
  if (state === 'signed_out') return t('account-signed-out');
  if (state === 'locked') return t('account-locked');
  return state === 'blocked' ? t('account-blocked') : '';
}

/** Unread in the accounts that are not shown. */
export function unreadElsewhere(): number {
  return session.accounts.reduce((sum, account) => sum + (account.id === session.account ? 0 : account.unread), 0);
}

/** Where one is being added, and there is another one to go back to. */
export function isAdding(): boolean {
  return session.accounts.length > 1 && session.accounts.some((account) => account.id === session.account && account.state === 'new');
}

export async function switchTo(account: AccountId): Promise<void> {
  if (account !== session.account) await show(account);
}

export async function addAccount(): Promise<void> {
  const added = await attempt(() => call('add_account'));
  if (added !== undefined) await switchTo(added);
}

/** Takes the shown account off this computer, one that is only being added included, and shows another one where there is one. */
export async function removeAccount(): Promise<void> {
  await switchTo(await call('remove_account'));
}

/** Ctrl+Alt and a digit: the account of that number. Alt Gr is both keys on some systems, and writes. */
export function onAccountKey(event: KeyboardEvent): void {
  const mod = event.ctrlKey || event.metaKey;
  if (event.defaultPrevented || view.dialog || !mod || !event.altKey || event.shiftKey || event.getModifierState('AltGraph')) return;
  const digit = digitOf(event);
  const account = digit === null ? undefined : session.accounts[digit - 1];
  if (!account) return;
  event.preventDefault();
  void switchTo(account.id);
}
