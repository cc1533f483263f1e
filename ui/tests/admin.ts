/** The page of administration, opened and walked through as one does with the keyboard. */
import { screen, waitFor } from '@testing-library/svelte';
import { expect } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { SCENARIOS } from '../src/lib/backend/fake/scenarios';
import { standing } from '../src/state/standing.svelte';
import { openPage } from './page';

export type User = Awaited<ReturnType<typeof openPage>>;

/** By Ctrl+K and a few letters of its name; `change` is done to the server beforehand. */
export async function openAdmin(tab: string, change: (fake: Fake) => void = () => {}, scenario = 'admin'): Promise<{ fake: Fake; user: User }> {
  const fake = SCENARIOS[scenario]?.();
  if (!fake) throw new Error(`no scenario ${scenario}`);
  change(fake);
  const user = await openPage(fake);
  await waitFor(() => expect(standing.now).not.toBeNull());
  await user.keyboard('{Control>}k{/Control}');
  await waitFor(() => screen.getByTestId('switcher-query'));
  await user.keyboard('server set{Enter}');
  await waitFor(() => screen.getByTestId('admin-page'));
  await toTab(user, tab);
  return { fake, user };
}

/** By the arrow keys of the tabs. */
export async function toTab(user: User, tab: string): Promise<void> {
  const selected = () => screen.getAllByRole('tab').find((one) => one.getAttribute('aria-selected') === 'true');
  selected()?.focus();
  for (let i = 0; i < 5 && selected()?.dataset.testid !== `tab-${tab}`; i += 1) await user.keyboard('{ArrowRight}');
  expect(selected()?.dataset.testid).toBe(`tab-${tab}`);
  expect(document.activeElement).toBe(selected());
}

/** Tab, until it stands on what has this test id, with these words in its name if there are several. */
export async function tabTo(user: User, testid: string, words = ''): Promise<HTMLElement> {
  for (let i = 0; i < 80; i += 1) {
    await user.tab();
    const on = document.activeElement;
    if (on instanceof HTMLElement && on.dataset.testid === testid && `${on.getAttribute('aria-label')} ${on.textContent}`.includes(words)) return on;
  }
  throw new Error(`the Tab key does not come to ${testid} ${words}`);
}

export function disabled(testid: string): boolean {
  return screen.getByTestId<HTMLButtonElement>(testid).disabled;
}

/** What somebody chooses in a list; happy-dom has none that opens. */
export function choose(testid: string, value: string): void {
  const select = screen.getByTestId<HTMLSelectElement>(testid);
  expect([...select.options].map((option) => option.value)).toContain(value);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

/** As if the server had been asked and refused, or not answered. */
export const BROKEN = { code: 'internal', message: 'The server has a problem. Try again later.' };
export const REFUSED = { code: 'not_allowed', message: 'Your role on this server does not allow that.' };
