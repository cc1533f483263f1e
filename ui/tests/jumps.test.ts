/** Where a wish for a message leads, when it stands in a thread alone, and when its place comes late. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { SearchPage } from '../src/lib/backend';
import type { CommandName } from '../src/lib/backend/commands';
import type { Fake } from '../src/lib/backend/fake/fake';
import { sayUnder } from '../src/lib/backend/fake/threads';
import { toast } from '../src/state/toasts.svelte';
import { goTo, view } from '../src/state/view.svelte';
import { openConversation, openPage, row, scenario, settled } from './page';

const toasts = () => toast.shown.map(({ text }) => text);

describe('a message that stands in a thread alone', () => {
  /** It, and what it is said under, in the conversation with Maren. */
  function trip(fake: Fake): { root: string; aside: string } {
    fake.receive('c-maren', 'u-maren', 'the trip');
    const root = fake.find('c-maren').messages.at(-1)?.id ?? '';
    return { root, aside: sayUnder(fake, 'c-maren', root, 'u-maren', 'by boat') };
  }

  async function opens() {
    const dialog = await waitFor(() => screen.getByTestId('thread'));
    await waitFor(() => expect(within(within(dialog).getByTestId('thread-messages')).getByTestId('message-text').textContent).toBe('by boat'));
    expect(within(dialog).getByTestId('thread-root').textContent).toContain('the trip');
    expect(toasts()).toEqual([]);
  }

  test.each(['c-maren', 'c-idris'])('is shown there, from %s', async (open) => {
    const fake = scenario('everyday');
    const { aside } = trip(fake);
    await openConversation(fake, open);
    goTo.conversation('c-maren', aside);
    await opens();
  });

  test('and one that is not here is missed', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    goTo.conversation('c-maren', 'm-nowhere');
    await waitFor(() => expect(toasts()).toEqual(['This message is not on this computer yet.']));
    expect(screen.queryByTestId('thread')).toBeNull();
  });

  test('has what it is said under for its place beside the search', async () => {
    const fake = scenario('everyday');
    const { root, aside } = trip(fake);
    const answer = fake.call.bind(fake);
    fake.call = async (name, args) => {
      const found = await answer(name, args);
      if (name !== 'search') return found;
      const page = found as SearchPage;
      return { ...page, hits: page.hits.map((hit) => ({ ...hit, message: hit.message === root ? aside : hit.message })) };
    };
    const user = await openPage(fake);
    await row('c-maren');
    await user.click(screen.getByTestId('open-search'));
    await user.type(await waitFor(() => screen.getByTestId('search-query')), 'the trip');
    await waitFor(() => expect(document.querySelector('.msg.hit')?.getAttribute('data-id')).toBe(root));
    await settled();
    expect(screen.queryByTestId('thread')).toBeNull();
    expect(toasts()).toEqual([]);
  });
});

describe('a place that comes late', () => {
  /** Keeps the answers to a command back until what it gives is called. */
  function hold(fake: Fake, command: CommandName): () => void {
    const answer = fake.call.bind(fake);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    fake.call = async (name, args) => {
      const found = await answer(name, args);
      if (name === command) await held;
      return found;
    };
    return letGo;
  }

  test('is not gone to by who has closed the dialog and is at the end', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-idris');
    const { messages } = fake.find('c-idris');
    const letGo = hold(fake, 'find_date');
    await user.keyboard('{Control>}j{/Control}');
    await waitFor(() => screen.getByTestId('date-dialog'));
    await user.click(screen.getByTestId('date-first'));
    await settled();
    expect(screen.getByTestId<HTMLButtonElement>('date-go').disabled, 'it is being asked').toBe(true);
    await user.click(screen.getByTestId('date-cancel'));
    await waitFor(() => expect(screen.queryByTestId('date-dialog')).toBeNull());
    await user.keyboard('{Escape}');
    await settled();
    letGo();
    await settled();
    expect(fake.called('find_date')).toHaveLength(1);
    expect(document.querySelector(`[data-row="${messages[0]?.id}"]`)).toBeNull();
    expect(document.querySelector(`[data-row="${messages.at(-1)?.id}"]`)).not.toBeNull();
  });

  test('is not gone to by who has left the search', async () => {
    const fake = scenario('gap');
    const letGo = hold(fake, 'find_date');
    const user = await openPage(fake);
    await row('c-idris');
    await user.click(screen.getByTestId('open-search'));
    const box = await waitFor(() => screen.getByTestId('search-query'));
    await waitFor(() => expect(document.activeElement).toBe(box));
    await user.paste('900.');
    const hit = await waitFor(() => within(screen.getByTestId('search-beyond')).getByTestId('search-hit'));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(hit.getAttribute('aria-busy')).toBe('true'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByTestId('search-page')).toBeNull());
    await user.click(await row('c-maren'));
    await waitFor(() => expect(screen.getByTestId('timeline').dataset.conversation).toBe('c-maren'));
    letGo();
    await settled();
    expect([view.place, view.conversation]).toEqual(['conversations', 'c-maren']);
  });

  test('of a message is not gone to by who goes to the end', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-idris');
    const wanted = fake.find('c-idris').messages[0]?.id ?? '';
    const letGo = hold(fake, 'open_timeline');
    goTo.conversation('c-idris', wanted);
    await settled();
    await user.keyboard('{Escape}');
    letGo();
    await settled();
    expect(document.querySelector(`[data-row="${wanted}"]`)).toBeNull();
    expect(toasts()).toEqual([]);
  });
});
