/** Search on the server of what is not on this computer yet: below what is here, with where it is from, shown in its place once chosen. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { isKnown } from '../src/lib/backend/fake/model';
import { toast } from '../src/state/toasts.svelte';
import { openPage, row, scenario, settled } from './page';

const box = () => screen.getByTestId<HTMLInputElement>('search-query');
const beyond = () => within(screen.getByTestId('search-beyond')).getAllByTestId('search-hit');

async function searching(typed: string, name = 'gap', prepare: (fake: Fake) => void = () => {}) {
  const fake = scenario(name);
  const user = await openPage(fake);
  await row('c-idris');
  prepare(fake);
  await user.click(screen.getByTestId('open-search'));
  await waitFor(() => expect(document.activeElement).toBe(box()));
  await user.paste(typed);
  return { fake, user, found: fake.find('c-idris') };
}

describe('search on the server', () => {
  test('finds what is not here, below what is, and opens it in its place', async () => {
    const { fake, user, found } = await searching('900.');
    const sought = found.messages[899];
    if (!sought) throw new Error('too few messages');
    await waitFor(() => expect(beyond().map((hit) => hit.dataset.id)).toEqual([sought.id]));
    expect(screen.getByTestId('search-beyond').textContent).toContain('On the server');
    expect(fake.called('search_further')).toEqual([{ query: '900.', after: null }]);
    await waitFor(() => expect(isKnown(found, 900), 'the preview has had it fetched').toBe(true));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByTestId('main').dataset.view).not.toBe('search'));
    await waitFor(() => expect(document.querySelector(`[data-row="${sought.id}"]`)).not.toBeNull());
  });

  test('comes behind what is here, and is not asked while more of that is to come', async () => {
    const { fake } = await searching('1');
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(0));
    await new Promise((resume) => setTimeout(resume, 600));
    expect(fake.called('search_further')).toEqual([]);
    expect(screen.queryByTestId('search-beyond')).toBeNull();
  });

  test('says why it cannot be asked, and asks again', async () => {
    const { fake, user } = await searching('900.', 'gap', (fake) => fake.goOffline());
    const note = await waitFor(() => screen.getByTestId('search-unasked'));
    expect(within(note).getByTestId('problem').dataset.code).toBe('offline');
    fake.setConnection({ kind: 'live' });
    await settled();
    await user.click(screen.getByTestId('search-ask-again'));
    expect(document.activeElement, 'the button goes').toBe(box());
    await waitFor(() => expect(beyond()).toHaveLength(1));
    expect(screen.queryByTestId('search-unasked')).toBeNull();
  });

  test('goes on by itself only so far where nothing is found, and further when one wants it to', async () => {
    let asked = 0;
    const { user } = await searching('900.', 'gap', (fake) => {
      const answer = fake.call.bind(fake);
      fake.call = (name, args) => {
        if (name !== 'search_further') return answer(name, args);
        asked += 1;
        return Promise.resolve({ hits: [], next: String(asked), problem: null });
      };
    });
    const further = await waitFor(() => screen.getByTestId('search-look-further'));
    expect(asked).toBe(10);
    await user.click(further);
    expect(document.activeElement, 'the button goes').toBe(box());
    await waitFor(() => expect(asked).toBe(20));
  });

  /** Hits that are not here, with the first of them chosen and fetched. */
  async function manyBeyond() {
    const opened = await searching('zeppelin', 'gap', (fake) => {
      for (const message of fake.find('c-idris').messages.slice(700, 1_149)) if (message.pos % 10 === 5) message.content = { kind: 'text', text: 'zeppelin' };
    });
    await waitFor(() => expect(beyond().length).toBeGreaterThanOrEqual(20), { timeout: 2_000 });
    await waitFor(() => expect(opened.fake.called('find_date')).toHaveLength(1));
    return opened;
  }

  test('fetches no place that one only steps past', async () => {
    const { fake, user } = await manyBeyond();
    await user.keyboard('{ArrowDown>19/}');
    await new Promise((resume) => setTimeout(resume, 600));
    expect(beyond()[19]?.getAttribute('aria-selected')).toBe('true');
    expect(fake.called('find_date').length).toBeLessThanOrEqual(2);
    expect(fake.called('find_date').at(-1)?.at, 'where one stopped').toBe(fake.find('c-idris').messages.find(({ id }) => id === beyond()[19]?.dataset.id)?.at);
  });

  test('says beside the hits why a place cannot be fetched, once, and fetches it when it can', async () => {
    const { fake, user, found } = await manyBeyond();
    await settled();
    fake.goOffline();
    await user.keyboard('{ArrowDown>19/}');
    const wanted = beyond()[19]?.dataset.id;
    const preview = within(screen.getByLabelText('The result in its conversation'));
    await waitFor(() => expect(preview.getByTestId('problem').dataset.code).toBe('offline'));
    expect(preview.queryByTestId('timeline')).toBeNull();
    expect(toast.shown).toEqual([]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(toast.shown.map(({ code }) => code)).toEqual(['offline']));
    expect(screen.getByTestId('main').dataset.view).toBe('search');
    fake.setConnection({ kind: 'live' });
    await waitFor(() => expect(document.querySelector(`[data-row="${wanted}"]`)).not.toBeNull(), { timeout: 2_000 });
    expect(preview.queryByTestId('problem')).toBeNull();
    expect(isKnown(found, found.messages.find(({ id }) => id === wanted)?.pos ?? 0)).toBe(true);
  });

  test('is not needed where everything is here', async () => {
    const { fake } = await searching('900.', 'everyday');
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(0));
    await new Promise((resume) => setTimeout(resume, 600));
    expect(fake.called('search_further')).toEqual([]);
  });
});
