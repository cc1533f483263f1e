/** Where a wish for a message leads, when it stands in a thread alone, and when its place comes late. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { SearchPage } from '../src/lib/backend';
import type { Fake } from '../src/lib/backend/fake/fake';
import { sayUnder } from '../src/lib/backend/fake/threads';
import { toast } from '../src/state/toasts.svelte';
import { goTo } from '../src/state/view.svelte';
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

  test('is shown there, in the open conversation and in another one', async () => {
    for (const open of ['c-maren', 'c-idris']) {
      const fake = scenario('everyday');
      const { aside } = trip(fake);
      await openConversation(fake, open);
      goTo.conversation('c-maren', aside);
      await opens();
      document.body.replaceChildren();
    }
  });

  test('and that is not here is missed', async () => {
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
