/** Opens the whole page on a fake, the way a person would meet it. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import App from '../src/App.svelte';
import { install } from '../src/lib/backend';
import type { Backend } from '../src/lib/backend';
import type { Fake } from '../src/lib/backend/fake/fake';
import { SCENARIOS } from '../src/lib/backend/fake/scenarios';
import { attention } from '../src/features/main/focus.svelte';
import { forgetAdmin } from '../src/state/admin.svelte';
import { conversations } from '../src/state/conversations.svelte';
import { asides } from '../src/state/asides';
import { drafts } from '../src/state/drafts';
import { held } from '../src/state/held.svelte';
import { scheduled } from '../src/state/scheduled.svelte';
import { replies } from '../src/state/replies';
import { friends } from '../src/state/friends.svelte';
import { groups } from '../src/state/groups.svelte';
import { profiles } from '../src/state/profiles.svelte';
import { session, start } from '../src/state/session.svelte';
import { standing } from '../src/state/standing.svelte';
import { toast } from '../src/state/toasts.svelte';
import { goTo } from '../src/state/view.svelte';
import { visited } from '../src/state/visited';

export function scenario(name: string): Fake {
  const fake = SCENARIOS[name]?.();
  if (!fake) throw new Error(`no scenario ${name}`);
  fake.delivery_ms = null;
  return fake;
}

/** Every page starts from nothing, in a window that has the focus. */
export async function openPage(fake: Backend): Promise<ReturnType<typeof userEvent.setup>> {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  attention.focused = true;
  goTo.reset();
  visited.clear();
  conversations.clear();
  drafts.clear();
  asides.clear();
  replies.clear();
  held.clear();
  scheduled.clear();
  toast.shown = [];
  profiles.clear();
  groups.clear();
  friends.clear();
  standing.clear();
  forgetAdmin();
  session.phase = null;
  session.problem = null;
  session.link = null;
  session.invite = null;
  session.message = null;
  install(fake);
  render(App);
  await start();
  return userEvent.setup();
}

export async function openConversation(fake: Fake, id: string) {
  const user = await openPage(fake);
  await user.click(await row(id));
  await waitFor(() => screen.getByTestId('timeline'));
  await settled();
  return user;
}

export async function row(id: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = screen.getAllByTestId('conversation-row').find((line) => line.dataset.id === id);
    if (!found) throw new Error(`no line ${id}`);
    return found;
  });
}

export function messages(): HTMLElement[] {
  return screen.queryAllByTestId('message');
}

export function texts(): string[] {
  return screen.queryAllByTestId('message-text').map((text) => text.textContent ?? '');
}

/** Lets everything that was started come to an end: answers, effects, redraws. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 8; i += 1) await new Promise((resume) => setTimeout(resume, 0));
}
