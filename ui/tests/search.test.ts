/** The search with filters: what is typed is understood, suggested, shown as chips and taken off again. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openPage, row, scenario } from './page';

const box = () => screen.getByTestId<HTMLInputElement>('search-query');
const hits = () => screen.queryAllByTestId('search-hit');
const chips = () => screen.queryAllByTestId('search-chip').map((chip) => chip.textContent.trim());
const offers = () => screen.queryAllByTestId('search-suggestion').map((offer) => offer.textContent.replace(/\s+/g, ' ').trim());

async function searching(typed = '', name = 'everyday') {
  const fake = scenario(name);
  const user = await openPage(fake);
  await row('c-maren');
  await user.click(screen.getByTestId('open-search'));
  await waitFor(() => expect(document.activeElement).toBe(box()));
  // In one piece, so that the list of suggestions takes none of the keys.
  if (typed) await user.paste(typed);
  return { fake, user };
}

describe('filters', () => {
  test('become chips in words, narrow what is found and can be taken off', async () => {
    const { fake, user } = await searching('belt from:maren -has:link ');
    await waitFor(() => expect(chips()).toEqual(['from Maren Solberg', 'not has a link']));
    await waitFor(() => expect(hits().length).toBeGreaterThan(0));
    expect(hits().every((hit) => hit.textContent.includes('Maren Solberg'))).toBe(true);
    const few = hits().length;
    await user.click(screen.getByLabelText('Remove the filter: from Maren Solberg'));
    await waitFor(() => expect(box().value).toBe('belt -has:link '));
    await waitFor(() => expect(hits().length).toBeGreaterThan(few));
    expect(fake.called('search').at(-1)).toEqual({ query: 'belt -has:link ', order: 'newest', after: null });
  });

  test('say the day and the conversation, and alone find messages too', async () => {
    await searching('in:maren after:2020-01-31 ');
    await waitFor(() => expect(chips()[1]).toMatch(/^after .*31.* 2020|^after .*January 31, 2020/));
    expect(chips()[0]).toBe('in Maren Solberg');
    await waitFor(() => expect(hits().length).toBeGreaterThan(0));
    expect(screen.queryByTestId('search-order'), 'without words nothing is better than the rest').toBeNull();
    expect(screen.queryByTestId('search-conversation'), 'names are words alone').toBeNull();
  });

  test('that ask for nothing say what to do, but not while they are typed', async () => {
    const { user } = await searching('belt before:soon from:zz in:attic is:new has: mentions:bob x');
    await waitFor(() => expect(screen.getAllByTestId('search-problem')).toHaveLength(6));
    const problems = screen.getAllByTestId('search-problem').map((problem) => problem.textContent.trim());
    expect(problems[0]).toBe('“soon” is no date. Type it like 2026-01-31, or today, or yesterday.');
    expect(problems[1]).toBe('Nobody whom this computer knows is called “zz”.');
    expect(problems[2]).toBe('No conversation on this computer is called “attic”.');
    expect(problems[3]).toBe('“is:new” means nothing here. Type is:starred, is:unread, is:pinned or is:link.');
    expect(problems[4]).toBe('Type what you look for right behind “has:”, without a space between them.');
    expect(problems[5]).toBe('“mentions:bob” means nothing here. Type mentions:me.');
    await user.clear(box());
    await user.paste('belt is:st');
    await waitFor(() => expect(screen.queryByTestId('search-problem')).toBeNull());
    expect(chips()).toEqual([]);
  });

  test('that find nothing say what was looked for', async () => {
    await searching('zeppelin from:maren -moon on:2020-01-31 ');
    const none = await waitFor(() => screen.getByText(/^Looked for/));
    expect(none.textContent).toMatch(/^Looked for “zeppelin”, from Maren Solberg, not “moon”, on .*2020.*\. Covers every message/);
    screen.getByRole('heading', { name: 'Nothing found' });
  });
});

describe('suggestions', () => {
  test('come behind a colon, are walked and taken by keys, and leave the rest as it was', async () => {
    const { user } = await searching();
    await user.type(box(), 'belt from:');
    await waitFor(() => expect(offers()[0]).toBe('me from:me'));
    expect(offers().some((offer) => offer.includes('Maren Solberg'))).toBe(true);
    expect(box().getAttribute('aria-activedescendant')).toBe('search-suggestions-0');
    await user.type(box(), 'mar');
    await waitFor(() => expect(offers()).toHaveLength(1));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(box().value).toBe('belt from:@maren '));
    expect(offers()).toEqual([]);
    await waitFor(() => expect(chips()).toEqual(['from Maren Solberg']));
    expect(document.activeElement).toBe(box());
    expect(view.place).toBe('search');

    await user.type(box(), 'is:');
    await waitFor(() => expect(offers()).toEqual(['starred is:starred', 'unread is:unread', 'pinned is:pinned', 'only a link is:link']));
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{Tab}');
    await waitFor(() => expect(box().value).toBe('belt from:@maren is:pinned '));
  });

  test('are chosen with the mouse, and turned down with Esc until another filter is typed', async () => {
    const { user } = await searching();
    await user.type(box(), '-in:ma');
    await waitFor(() => expect(offers()).toHaveLength(1));
    await user.click(screen.getByTestId('search-suggestion'));
    await waitFor(() => expect(box().value).toBe('-in:@maren '));
    await waitFor(() => expect(chips()).toEqual(['not in Maren Solberg']));
    await user.type(box(), 'has:');
    await waitFor(() => expect(offers()).toHaveLength(2));
    await user.keyboard('{Escape}');
    expect(offers()).toEqual([]);
    expect(view.place, 'Esc was for the list').toBe('search');
    await user.type(box(), 'l');
    await new Promise((resume) => setTimeout(resume, 20));
    expect(offers()).toEqual([]);
    await user.type(box(), 'ink is:');
    await waitFor(() => expect(offers()).toHaveLength(4));
  });

  test('begin with a press on a button, or on a line of the help', async () => {
    const { user } = await searching();
    const help = within(screen.getByTestId('search-help'));
    expect(help.getAllByTestId('search-help-add').map((button) => button.textContent)).toEqual([
      'from:', 'in:', 'before:', 'after:', 'on:', 'has:', 'is:', 'mentions:me',
    ]);
    await user.click(help.getByText('has:'));
    await waitFor(() => expect(offers()).toHaveLength(2));
    expect(box().value).toBe('has:');
    await user.clear(box());
    await user.paste('belt');
    await waitFor(() => expect(screen.queryByTestId('search-help')).toBeNull());
    await user.click(screen.getByText('Is', { selector: '[data-testid="search-add"]' }));
    await waitFor(() => expect(box().value).toBe('belt is:'));
    await waitFor(() => expect(offers()).toHaveLength(4));
    expect(await findings()).toEqual([]);
  });
});

describe('what is found', () => {
  test('stands newest first or best first, as one likes', async () => {
    const { fake, user } = await searching('belt');
    const order = await waitFor(() => screen.getByTestId<HTMLSelectElement>('search-order'));
    expect(order.value).toBe('newest');
    const before = hits().map((hit) => hit.dataset.id);
    await user.selectOptions(order, 'best');
    await waitFor(() => expect(hits().map((hit) => hit.dataset.id)).not.toEqual(before));
    expect(fake.called('search').at(-1)).toEqual({ query: 'belt', order: 'best', after: null });
    // The choice stays for the next words.
    await user.type(box(), 's');
    await waitFor(() => expect(fake.called('search').at(-1)).toEqual({ query: 'belts', order: 'best', after: null }));
  });

  test('has people without a conversation first, then conversations by name or topic', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    await row('c-maren');
    const person = { user: 'u-zoe', username: 'zoe', name: 'Zoe Quist' };
    fake.people.push(person);
    fake.find('c-noor').topic = 'Zoetropes and lamps';
    await user.click(screen.getByTestId('open-search'));
    await user.type(await waitFor(() => box()), 'zoe');
    const found = await waitFor(() => screen.getByTestId('search-person'));
    expect(found.textContent).toContain('Zoe Quist');
    expect(found.getAttribute('aria-selected')).toBe('true');
    expect(screen.getByTestId('search-conversation').dataset.id).toBe('c-noor');
    await user.keyboard('{Enter}');
    await waitFor(() => expect([view.dialog, view.person]).toEqual(['person', person]));
    view.dialog = null;
    await user.click(box());
    await user.keyboard('{ArrowDown}{Enter}');
    expect([view.place, view.conversation]).toEqual(['conversations', 'c-noor']);
  });
});
