/** Keys of the window that lead to what was open, to a place in the list, to who or what is open, and into its search. */
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, test } from 'vitest';
import { speak } from '../src/lib/language.svelte';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openConversation, openPage, row, scenario, settled } from './page';

const shown = () => screen.queryAllByTestId('conversation-row').map((line) => line.dataset.id);
const open = () => (view.place === 'conversations' ? view.conversation : view.place);
const offered = () => screen.queryAllByTestId('recent-item').map((line) => line.dataset.id);
const chosen = () => screen.queryAllByTestId('recent-item').find((line) => line.getAttribute('aria-selected') === 'true')?.dataset.id;
const query = () => screen.getByTestId<HTMLInputElement>('search-query');

afterEach(() => speak('en'));

/** With these opened one after the other. */
async function having(...ids: string[]) {
  const fake = scenario('everyday');
  const user = await openPage(fake);
  for (const id of ids) {
    await user.click(await row(id));
    await settled();
  }
  return { fake, user };
}

describe('Ctrl and Tab', () => {
  test('lead to the conversation one was in before, and back', async () => {
    const { user } = await having('c-maren', 'c-noor', 'c-lucia');
    await user.keyboard('{Control>}{Tab}{/Control}');
    await settled();
    expect(open()).toBe('c-noor');
    await user.keyboard('{Control>}{Tab}{/Control}');
    await settled();
    expect(open()).toBe('c-lucia');
    expect(offered()).toEqual([]);
  });

  test('go through those before it while Ctrl is held, and open none of them on the way', async () => {
    const { fake, user } = await having('c-maren', 'c-noor', 'c-lucia');
    const opened = () => fake.called('open_timeline').length;
    const before = opened();
    await user.keyboard('{Control>}{Tab}');
    await waitFor(() => expect(offered().slice(0, 3)).toEqual(['c-lucia', 'c-noor', 'c-maren']));
    expect(document.activeElement).toBe(screen.getByTestId('recent'));
    expect(await findings()).toEqual([]);
    await user.keyboard('{Tab}');
    await settled();
    expect([chosen(), open(), opened()]).toEqual(['c-maren', 'c-lucia', before]);
    await user.keyboard('{Shift>}{Tab}{Tab}{/Shift}');
    expect(chosen()).toBe('c-lucia');
    await user.keyboard('{ArrowDown}{ArrowDown}{/Control}');
    await waitFor(() => expect(open()).toBe('c-maren'));
  });

  test('with Shift begin at the other end, at most nine of them', async () => {
    const { user } = await having('c-maren');
    await user.keyboard('{Control>}{Shift>}{Tab}{/Shift}');
    await waitFor(() => expect(offered()).toEqual(shown().slice(0, 9)));
    expect(chosen()).toBe(offered().at(-1));
    await user.keyboard('{/Control}');
    await waitFor(() => expect(open()).toBe(shown()[8]));
  });

  test('Esc goes nowhere, and one writes on', async () => {
    const { user } = await having('c-maren', 'c-noor');
    await user.click(screen.getByTestId('composer'));
    await user.keyboard('{Control>}{Tab}{Escape}{/Control}');
    await settled();
    expect([open(), offered()]).toEqual(['c-noor', []]);
    expect(document.activeElement).toBe(screen.getByTestId('composer'));
  });

  test('any other key ends it and does what it does', async () => {
    const { user } = await having('c-maren', 'c-noor', 'c-lucia');
    await user.keyboard('{Control>}{Tab}1{/Control}');
    await settled();
    expect([open(), offered()]).toEqual([shown()[0], []]);
  });

  test('a press chooses; a window that is left behind goes nowhere', async () => {
    const { user } = await having('c-maren', 'c-noor', 'c-lucia');
    await user.keyboard('{Control>}{Tab}');
    await waitFor(() => expect(offered().length).toBeGreaterThan(2));
    await fireEvent.blur(window);
    await settled();
    expect([open(), offered()]).toEqual(['c-lucia', []]);
    await user.keyboard('{Tab}');
    await user.click(await waitFor(() => screen.getAllByTestId('recent-item')[2] as HTMLElement));
    await user.keyboard('{/Control}');
    await settled();
    expect([open(), offered()]).toEqual(['c-maren', []]);
  });

  test('from another place the first one is the conversation that one came from', async () => {
    const { user } = await having('c-maren', 'c-noor');
    await user.click(screen.getByTestId('open-inbox'));
    await user.keyboard('{Control>}{Tab}{/Control}');
    await waitFor(() => expect(open()).toBe('c-noor'));
  });
});

describe('Alt and the arrows', () => {
  const back = '{Alt>}{ArrowLeft}{/Alt}';
  const forward = '{Alt>}{ArrowRight}{/Alt}';

  test('go back and forward through conversations and places', async () => {
    const { user } = await having('c-maren', 'c-noor');
    await user.click(screen.getByTestId('open-settings'));
    await settled();
    await user.keyboard('{Control>}f{/Control}');
    await settled();
    const way = [];
    for (const key of [back, back, back, back, forward, forward]) {
      await user.keyboard(key);
      await settled();
      way.push(open());
    }
    expect(way).toEqual(['settings', 'c-noor', 'c-maren', 'c-maren', 'c-noor', 'settings']);
    // Whoever goes elsewhere gives up what was ahead.
    await user.click(await waitFor(() => screen.getByTestId('open-people')));
    await settled();
    await user.keyboard(forward);
    await settled();
    expect(open()).toBe('people');
    await user.keyboard(back);
    await settled();
    expect(open()).toBe('settings');
  });

  test('pass over a conversation that is gone', async () => {
    const { fake, user } = await having('c-maren', 'c-noor', 'c-lucia');
    fake.conversations = fake.conversations.filter(({ id }) => id !== 'c-noor');
    fake.emit({ kind: 'conversations' });
    await user.click(await row('c-lucia'));
    const { conversations } = await import('../src/state/conversations.svelte');
    conversations.forget('c-noor');
    await user.keyboard(back);
    await settled();
    expect(open()).toBe('c-maren');
  });

  test('from the list alone lead back to what was open', async () => {
    const { user } = await having('c-maren', 'c-noor');
    await user.click(screen.getByTitle('All conversations'));
    await settled();
    expect(open()).toBeNull();
    await user.keyboard(back);
    await settled();
    expect(open()).toBe('c-noor');
  });

  test('run the way of the language', async () => {
    const { fake, user } = await having('c-maren', 'c-noor');
    fake.settings = { ...fake.settings, language: 'ar' };
    speak('ar');
    await user.keyboard(forward);
    await settled();
    expect(open()).toBe('c-maren');
  });
});

describe('Ctrl and a digit', () => {
  test('leads to that line of the list as it stands', async () => {
    const { user } = await having('c-maren');
    await user.keyboard('{Control>}3{/Control}');
    await settled();
    expect(open()).toBe(shown()[2]);
    await user.keyboard('{Control>}[Digit9]{/Control}');
    await settled();
    expect(open()).toBe(shown()[8]);
    // Under a filter it is what the filter shows.
    await user.click(screen.getByRole('button', { name: /^Unread/ }));
    await waitFor(() => expect(shown().length).toBeLessThan(9));
    const second = shown()[1];
    await user.keyboard('{Control>}2{/Control}');
    await settled();
    expect(open()).toBe(second);
    await user.keyboard('{Control>}9{/Control}');
    await settled();
    expect(open()).toBe(second);
  });

  test('also where the digits are others, or need Shift', async () => {
    await having('c-maren');
    await fireEvent.keyDown(document.body, { key: '٢', code: 'Digit2', ctrlKey: true });
    expect(open()).toBe(shown()[1]);
    await fireEvent.keyDown(document.body, { key: '"', code: 'Digit3', ctrlKey: true });
    expect(open()).toBe(shown()[2]);
  });
});

describe('Ctrl+Shift+F', () => {
  const key = '{Control>}{Shift>}f{/Shift}{/Control}';

  test('searches the open conversation, with the caret where words go', async () => {
    const user = await openConversation(scenario('everyday'), 'c-maren');
    await user.keyboard(key);
    await waitFor(() => expect(query().value).toBe('in:@maren '));
    await settled();
    expect([query().selectionStart, query().selectionEnd]).toEqual([10, 10]);
    await user.keyboard('belt');
    await waitFor(() => expect(screen.getAllByTestId('search-hit').length).toBeGreaterThan(0));
    expect(query().value).toBe('in:@maren belt');
    // Ctrl+F begins with what was searched for, to be typed over.
    await user.keyboard('{Escape}{Control>}f{/Control}');
    await waitFor(() => expect(query().selectionEnd).toBe(14));
    expect(query().selectionStart).toBe(0);
  });

  test.each([
    ['Long walks', 'in:"Long walks" '],
    ['the "new" lab', 'in:"the new lab" '],
    ['@home', 'in:home '],
  ])('names %s so that it is read again', async (name, filter) => {
    const fake = scenario('everyday');
    fake.find('c-first-light').name = name;
    const user = await openConversation(fake, 'c-first-light');
    await user.keyboard(key);
    await waitFor(() => expect(query().value).toBe(filter));
  });

  test('is nothing where no conversation is open, or it has no name to be found by', async () => {
    const fake = scenario('everyday');
    fake.find('c-first-light').name = '…';
    const user = await openConversation(fake, 'c-first-light');
    await user.keyboard(key);
    await settled();
    expect(open()).toBe('c-first-light');
    await user.click(screen.getByTestId('open-people'));
    await user.keyboard(key);
    await settled();
    expect(open()).toBe('people');
  });

  test('and Ctrl+. are where they are on a keyboard whose letters are others', async () => {
    await openConversation(scenario('everyday'), 'c-maren');
    await fireEvent.keyDown(document.body, { key: 'ز', code: 'Period', ctrlKey: true });
    await waitFor(() => screen.getByTestId('person-card'));
    view.dialog = null;
    await settled();
    await fireEvent.keyDown(document.body, { key: 'А', code: 'KeyF', ctrlKey: true, shiftKey: true });
    await waitFor(() => expect(query().value).toBe('in:@maren '));
  });
});

test('while a dialog is open none of them does anything', async () => {
  const { user } = await having('c-maren', 'c-noor');
  await user.keyboard('{Control>}/{/Control}');
  const list = await waitFor(() => screen.getByTestId('key-list'));
  for (const said of ['Search the open conversation', 'Back and forward', 'first nine conversations', 'hold Ctrl', 'channels and emoji', 'Commands']) expect(list.textContent).toContain(said);
  for (const keys of ['{Control>}{Tab}{/Control}', '{Alt>}{ArrowLeft}{/Alt}', '{Control>}1{/Control}', '{Control>}{Shift>}f{/Shift}{/Control}', '{Control>}.{/Control}']) {
    await user.keyboard(keys);
    await settled();
    expect([open(), view.dialog, offered()], keys).toEqual(['c-noor', 'keys', []]);
  }
});
