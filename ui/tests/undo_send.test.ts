/** What was sent waits a moment, and can be had back so long. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { messages, openConversation, row, scenario, settled, texts } from './page';

const composer = () => screen.getByTestId('composer') as HTMLTextAreaElement;

function held(seconds = 10): Fake {
  const fake = scenario('everyday');
  fake.settings.undo_send_s = seconds;
  fake.delivery_ms = 0;
  return fake;
}

afterEach(() => void vi.useRealTimers());

test('the bar counts down and brings the text back, behind what was typed meanwhile', async () => {
  const fake = held();
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'too fast{Enter}');
  const bar = await waitFor(() => screen.getByTestId('undo-send'));
  expect(bar.textContent).toMatch(/Can be undone for (9|10) s/);
  await waitFor(() => expect(texts()).toContain('too fast'));
  await user.type(composer(), 'and now this');
  await user.click(screen.getByTestId('undo-send-go'));
  await waitFor(() => expect(composer().value).toBe('and now this\ntoo fast'));
  expect(fake.called('discard_outbox')).toEqual([{ id: expect.any(String), edit: true, with_others: false }]);
  await waitFor(() => expect(screen.queryByTestId('undo-send')).toBeNull());
  expect([texts().includes('too fast'), fake.outbox]).toEqual([false, []]);
});

test('Ctrl+Z in the empty box does the same, for the last one first, with what it answers; in a box with a text it is the box’s', async () => {
  const fake = held();
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'one{Enter}');
  await waitFor(() => expect(composer().value).toBe(''));
  messages().at(-2)?.focus();
  await user.keyboard('r');
  await waitFor(() => screen.getByTestId('reply-bar'));
  await user.type(composer(), 'two{Enter}');
  await waitFor(() => expect(screen.queryByTestId('reply-bar')).toBeNull());
  await waitFor(() => expect(texts().slice(-2)).toEqual(['one', 'two']));
  await settled();
  await user.click(composer());
  await user.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(composer().value).toBe('two'));
  screen.getByTestId('reply-bar');
  expect(fake.outbox.map((item) => item.text)).toEqual(['one']);
  await user.keyboard('{Control>}z{/Control}');
  await settled();
  expect(fake.outbox.map((item) => item.text)).toEqual(['one']);
});

test('it goes when its time has come; what is typed then stays', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const fake = held(5);
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'gone{Enter}');
  await waitFor(() => screen.getByTestId('undo-send'));
  expect(fake.outbox.length).toBe(1);
  await vi.advanceTimersByTimeAsync(5_600);
  await waitFor(() => expect(fake.outbox).toEqual([]));
  await waitFor(() => expect(screen.queryByTestId('undo-send')).toBeNull());
  expect(texts()).toContain('gone');
});

test('the outbox says when it is sent, an edit just changes it, and after a restart the bar is there again', async () => {
  const fake = held(30);
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'held{Enter}');
  await waitFor(() => screen.getByTestId('undo-send'));
  await user.click(screen.getByTestId('outbox-count'));
  const item = await waitFor(() => screen.getByTestId('outbox-item'));
  await waitFor(() => expect(within(item).getByTestId('outbox-why').textContent).toMatch(/^Is sent in (29|30) s$/));
  expect(messages().at(-1)?.textContent).not.toContain('Waiting to be sent');
  await user.click(composer());
  await user.keyboard('{ArrowUp}');
  await waitFor(() => screen.getByTestId('edit-text'));
  await user.clear(screen.getByTestId('edit-text'));
  await user.type(screen.getByTestId('edit-text'), 'reworded{Enter}');
  await waitFor(() => expect(texts()).toContain('reworded'));
  expect(fake.outbox.map(({ what, text }) => [what, text])).toEqual([['send_message', 'reworded']]);
  // As in another life of the page: nothing is kept but the outbox.
  await user.click(await row('c-noor'));
  await waitFor(() => expect(screen.queryByTestId('undo-send')).toBeNull());
  await user.click(await row('c-maren'));
  await waitFor(() => screen.getByTestId('undo-send'));
});

test('without the setting nothing is held', async () => {
  const fake = held(0);
  const user = await openConversation(fake, 'c-maren');
  await user.type(composer(), 'at once{Enter}');
  await waitFor(() => expect(fake.outbox).toEqual([]));
  expect(screen.queryByTestId('undo-send')).toBeNull();
});
