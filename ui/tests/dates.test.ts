/** Going to a day of a conversation: by its separator, a key and the switcher; what is not here yet, and what cannot be fetched. */
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { isKnown } from '../src/lib/backend/fake/model';
import { dayField, dayIn } from '../src/lib/dates';
import { toast } from '../src/state/toasts.svelte';
import { openConversation, openPage, row, scenario, settled } from './page';

const dialog = () => waitFor(() => screen.getByTestId('date-dialog'));
const field = () => screen.getByTestId('date-field') as HTMLInputElement;
const shown = (id: string) => document.querySelector<HTMLElement>(`[data-row="${id}"]`);
const said = () => toast.shown.map(({ text }) => text);

/** The first message of a day or later. */
function firstOf(fake: Fake, conversation: string, at: number): string {
  const found = fake.find(conversation).messages.find((message) => message.at >= at);
  if (!found) throw new Error('nothing was said from then on');
  return found.id;
}

/** Chooses a day in the dialog that is open. */
async function choose(user: Awaited<ReturnType<typeof openPage>>, day: string) {
  await dialog();
  await fireEvent.input(field(), { target: { value: day } });
  await user.click(screen.getByTestId('date-go'));
  await waitFor(() => expect(screen.queryByTestId('date-dialog')).toBeNull());
  await settled();
}

describe('jump to a date', () => {
  test('the separator opens it with its day; the first message of the chosen one is shown', async () => {
    const fake = scenario('everyday');
    const found = fake.find('c-idris');
    const user = await openConversation(fake, 'c-idris');
    const separator = screen.getAllByTestId('day')[0];
    const first = found.messages[0];
    if (!separator || !first) throw new Error('no days');
    await user.click(separator);
    await dialog();
    expect(dayIn(field().value)).toBeLessThanOrEqual(fake.now());
    const day = dayField(first.at);
    await choose(user, day);
    expect(fake.called('find_date')).toEqual([{ conversation: 'c-idris', at: dayIn(day), asides: false }]);
    await waitFor(() => expect(shown(firstOf(fake, 'c-idris', dayIn(day) ?? 0))).not.toBeNull());
    expect(said()).toEqual([]);
  });

  test('by its key and by the switcher, where a conversation is open', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await row('c-maren');
    await user.keyboard('{Control>}j{/Control}');
    expect(screen.queryByTestId('date-dialog')).toBeNull();
    await user.click(await row('c-maren'));
    await settled();
    await user.keyboard('{Control>}j{/Control}');
    await dialog();
    await user.click(screen.getByTestId('date-cancel'));
    await waitFor(() => expect(screen.queryByTestId('date-dialog')).toBeNull());
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await waitFor(() => screen.getByTestId('switcher-query')), 'jump');
    await user.keyboard('{Enter}');
    await dialog();
    expect(fake.called('find_date')).toEqual([]);
  });

  test('a field without a day is told so; one press goes to the first message', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-idris');
    await user.keyboard('{Control>}j{/Control}');
    await dialog();
    await fireEvent.input(field(), { target: { value: '' } });
    await user.click(screen.getByTestId('date-go'));
    await waitFor(() => expect(within(screen.getByTestId('date-dialog')).getByTestId('problem').dataset.code).toBe('no_day'));
    await user.click(screen.getByTestId('date-first'));
    await waitFor(() => expect(screen.queryByTestId('date-dialog')).toBeNull());
    await waitFor(() => expect(shown(firstOf(fake, 'c-idris', 0))).not.toBeNull());
    expect(fake.called('find_date')).toEqual([{ conversation: 'c-idris', at: 0, asides: false }]);
  });

  test('what is not here yet is fetched, as an island in what is missing', async () => {
    const fake = scenario('gap');
    const found = fake.find('c-idris');
    // A day that begins in the hole.
    const first = found.messages.find((message, i) => {
      const before = found.messages[i - 1];
      return before && !isKnown(found, before.pos) && !isKnown(found, message.pos) && dayField(before.at) !== dayField(message.at);
    });
    if (!first) throw new Error('no day begins there');
    const user = await openConversation(fake, 'c-idris');
    await user.keyboard('{Control>}j{/Control}');
    await choose(user, dayField(first.at));
    await waitFor(() => expect(shown(first.id)).not.toBeNull());
    expect(isKnown(found, first.pos)).toBe(true);
    expect(said()).toEqual([]);
  });

  test('offline it is the nearest that is here, and that is said', async () => {
    const fake = scenario('gap');
    const found = fake.find('c-idris');
    found.known = [[1_150, Infinity]];
    const nearest = found.messages[1_149];
    if (!nearest) throw new Error('too few messages');
    const user = await openConversation(fake, 'c-idris');
    fake.goOffline();
    await user.keyboard('{Control>}j{/Control}');
    await dialog();
    await user.click(screen.getByTestId('date-first'));
    await waitFor(() => expect(shown(nearest.id)).not.toBeNull());
    await waitFor(() => expect(said()).toEqual(['Messages of that time may not be on this computer yet. This is the nearest one that is.']));
  });

  test('where nothing was written from then on it is the end', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const last = fake.find('c-maren').messages.at(-1);
    if (!last) throw new Error('nothing was said');
    await user.keyboard('{Control>}j{/Control}');
    await choose(user, dayField(last.at + 2 * 86_400_000));
    await waitFor(() => expect(said()).toEqual(['Nothing was written from that day on. This is the newest message.']));
    expect(shown(last.id)).not.toBeNull();
  });
});
