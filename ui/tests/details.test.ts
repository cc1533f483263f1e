/** The details of the open conversation: a third pane in a wide window, a dialog in one that is narrower. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ME } from '../src/lib/backend/fake/model';
import { goTo, view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openConversation, openPage, row, scenario, settled } from './page';

const TALK = 'c-first-light';

/** How wide the window is, as happy-dom is told it. */
function width(pixels: number) {
  (window as unknown as { happyDOM: { setViewport: (to: { width: number }) => void } }).happyDOM.setViewport({ width: pixels });
}

const pane = () => document.querySelector<HTMLElement>('[data-details]');
const toggle = '{Control>}.{/Control}';

function world() {
  const fake = scenario('everyday');
  const [maren] = fake.people;
  if (!maren) throw new Error('nobody');
  fake.members.set(TALK, [{ person: ME, role: 'owner', waiting: false, joined_at: null }, { person: maren, role: 'member', waiting: false, joined_at: null }]);
  return fake;
}

beforeEach(() => width(1_400));
afterEach(() => width(1_024));

describe('in a wide window', () => {
  test('they stand beside the conversation, and go with the same keys', async () => {
    const user = await openConversation(world(), TALK);
    expect(pane()).toBeNull();
    screen.getByTestId('composer').focus();
    await user.keyboard(toggle);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('details-close')));
    expect(pane()?.tagName).toBe('ASIDE');
    expect(document.querySelector('dialog[open]')).toBeNull();
    await waitFor(() => within(screen.getByTestId('about-dialog')).getAllByTestId('group-member'));
    expect(screen.getByTestId('about-open').getAttribute('aria-expanded')).toBe('true');
    screen.getByTestId('composer');
    expect(await findings()).toEqual([]);
    await user.keyboard(toggle);
    await waitFor(() => expect(pane()).toBeNull());
    await waitFor(() => expect(document.activeElement, 'where one was').toBe(screen.getByTestId('composer')));
    expect(screen.getByTestId('about-open').getAttribute('aria-expanded')).toBe('false');
  });

  test('Esc closes them from inside, and from the conversation is that one\'s', async () => {
    const user = await openConversation(world(), TALK);
    await user.click(screen.getByTestId('about-open'));
    await waitFor(() => expect(pane()).not.toBeNull());
    screen.getByTestId('composer').focus();
    await user.keyboard('{Escape}');
    await settled();
    expect(pane()).not.toBeNull();
    screen.getByTestId('details-close').focus();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(pane()).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('about-open')));
  });

  test('follow to the next conversation without taking the focus: of two people they are the other one', async () => {
    const user = await openConversation(world(), TALK);
    await user.click(screen.getByTestId('about-open'));
    await waitFor(() => screen.getByTestId('about-dialog'));
    const line = await row('c-maren');
    await user.click(line);
    const card = within(await waitFor(() => screen.getByTestId('person-card')));
    expect(pane()?.dataset.testid).toBe('person-card');
    card.getByRole('heading', { name: 'Maren Solberg' });
    expect(card.queryByTestId('card-write'), 'one does already').toBeNull();
    expect(pane()?.contains(document.activeElement)).toBe(false);
    await user.click(card.getByTestId('card-block'));
    await waitFor(() => expect(view.dialog).toBe('block'));
    expect(pane(), 'the question lies over it').not.toBeNull();
  });

  test('make room for what waits, and come back after it', async () => {
    const user = await openConversation(world(), TALK);
    await user.click(screen.getByTestId('about-open'));
    await waitFor(() => expect(pane()).not.toBeNull());
    goTo.outbox();
    await waitFor(() => screen.getByTestId('outbox'));
    expect(pane()).toBeNull();
    await user.keyboard(toggle);
    await waitFor(() => expect(pane()).not.toBeNull());
    expect(screen.queryByTestId('outbox')).toBeNull();
  });

  test('are reached with F6 and are no more where nothing is open', async () => {
    const user = await openConversation(world(), TALK);
    await user.click(screen.getByTestId('about-open'));
    await waitFor(() => expect(pane()).not.toBeNull());
    expect(pane()?.matches('[data-landmark][tabindex="-1"]')).toBe(true);
    goTo.list();
    await waitFor(() => expect(pane()).toBeNull());
    const { keyboard } = user;
    await keyboard(toggle);
    await settled();
    expect(pane()).toBeNull();
  });
});

describe('in a narrower window', () => {
  test('they are a dialog, also for the pane that is open when it becomes so', async () => {
    const user = await openConversation(world(), TALK);
    await user.keyboard(toggle);
    await waitFor(() => expect(pane()).not.toBeNull());
    width(1_000);
    await waitFor(() => expect(pane()).toBeNull());
    expect(document.querySelector('dialog[open]'), 'nothing lies over it unasked').toBeNull();
    await user.keyboard(toggle);
    await waitFor(() => expect(screen.getByTestId('about-dialog').tagName).toBe('DIALOG'));
    expect(view.dialog).toBe('about');
    width(1_400);
    await settled();
    expect(screen.getAllByTestId('about-dialog').some((shown) => shown.tagName === 'DIALOG')).toBe(true);
  });

  test('with whoever has deleted their account there are none', async () => {
    const fake = world();
    const talk = fake.find('c-maren');
    if (!talk.peer) throw new Error('nobody');
    talk.peer = { ...talk.peer, username: '', name: '' };
    const user = await openPage(fake);
    await user.click(await row('c-maren'));
    await waitFor(() => screen.getByTestId('peer-gone'));
    expect(screen.queryByTestId('about-open')).toBeNull();
    await user.keyboard(toggle);
    await settled();
    expect([view.dialog, view.details]).toEqual([null, false]);
  });
});
