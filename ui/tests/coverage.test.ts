/** When what is missing here was written: in a search and above a conversation, and fetching it. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { periodsText } from '../src/features/coverage/words';
import { isWhole } from '../src/lib/backend/fake/model';
import type { Fake } from '../src/lib/backend/fake/fake';
import { dateOf, datesOf } from '../src/lib/time';
import { findings } from './axe';
import { openConversation, openPage, row, scenario } from './page';

/** Some languages put thin spaces around a dash. */
const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
const said = () => plain(screen.getByTestId('search-coverage').textContent);

async function searching(typed: string, fake: Fake) {
  const user = await openPage(fake);
  await row('c-idris');
  await user.click(screen.getByTestId('open-search'));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('search-query')));
  await user.paste(typed);
  return user;
}

/** Of Idris' messages those between 700 and 1,150 are missing. */
function gap() {
  const fake = scenario('gap');
  const { messages } = fake.find('c-idris');
  const [from, to] = [messages[699]?.at ?? 0, messages[1_149]?.at ?? 0];
  return { fake, from, to };
}

describe('what a search could not look through', () => {
  test('of the conversations that it names is told by its days', async () => {
    const { fake, from, to } = gap();
    await searching('in:idris kiln', fake);
    await waitFor(() => expect(said()).toContain(plain(`Idris Okafor: missing ${datesOf(from, to)}.`)));
    expect(await findings()).toEqual([]);
  });

  test('of all is told by the day from which nothing is missing, and how many have older messages', async () => {
    const { fake, to } = gap();
    await searching('kiln', fake);
    await waitFor(() => expect(said()).toContain(`Everything since ${dateOf(to)} is here. One conversation has older messages on the server.`));
  });

  test('elsewhere than where it looks is not told', async () => {
    const { fake } = gap();
    await searching('in:maren belt', fake);
    await waitFor(() => expect(said()).toContain('Everything that you look through is on this computer.'));
    expect(screen.queryByTestId('search-fetch')).toBeNull();
  });

  test('is fetched, and then everything was searched', async () => {
    const { fake } = gap();
    const user = await searching('in:idris kiln', fake);
    await user.click(await waitFor(() => screen.getByTestId('search-fetch')));
    expect(fake.called('fetch_missing')).toEqual([{ conversations: ['c-idris'] }]);
    await waitFor(() => expect(said()).toContain('Everything on this computer was searched.'));
    expect(screen.queryByTestId('search-fetch')).toBeNull();
    expect(document.activeElement, 'the button goes').toBe(screen.getByTestId('search-query'));
    expect(isWhole(fake.find('c-idris'))).toBe(true);
  });

  test('cannot be fetched offline, and says why', async () => {
    const { fake } = gap();
    const user = await searching('in:idris kiln', fake);
    await waitFor(() => screen.getByTestId('search-fetch'));
    fake.goOffline();
    await user.click(screen.getByTestId('search-fetch'));
    await waitFor(() => expect(screen.getAllByText(/needs the server/).length).toBeGreaterThan(0));
    expect(isWhole(fake.find('c-idris'))).toBe(false);
  });

  test('is not asked for where everything is here', async () => {
    const fake = scenario('everyday');
    await searching('belt', fake);
    await waitFor(() => expect(said()).toContain('Everything on this computer was searched.'));
    expect(fake.called('find_missing')).toEqual([]);
  });
});

test('above a conversation it is told as well, and fetched from there', async () => {
  const { fake, from, to } = gap();
  const user = await openConversation(fake, 'c-idris');
  await user.click(screen.getByTestId('coverage-open'));
  await waitFor(() => expect(screen.getByTestId('coverage').textContent).toContain(`Missing: ${datesOf(from, to)}.`));
  await user.click(screen.getByTestId('coverage-fetch'));
  await waitFor(() => expect(screen.getByTestId('coverage').dataset.complete).toBe('true'));
  expect(screen.queryByTestId('coverage-fetch')).toBeNull();
});

test('periods are told from the oldest on, and what has no end by the one that is known', () => {
  const day = (month: number, date: number) => new Date(2026, month - 1, date, 12).getTime();
  const holes = [{ from: day(3, 12), to: day(3, 30) }, { from: null, to: day(1, 5) }];
  const march = datesOf(day(3, 12), day(3, 30));
  expect(periodsText(holes)).toBe(`before ${dateOf(day(1, 5))}, ${march}`);
  expect(march).toMatch(/12\s*\u2013\s*30/);
  expect(march.match(/March|2026/g), 'what both days have in common is said once').toHaveLength(2);
  expect(periodsText([{ from: day(3, 12), to: null }])).toBe(`after ${dateOf(day(3, 12))}`);
  expect(periodsText([{ from: day(3, 12), to: day(3, 12) }])).toBe(dateOf(day(3, 12)));
  expect(periodsText([{ from: null, to: null }])).toBe('everything');
});
