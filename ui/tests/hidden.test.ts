/** Deleting for oneself alone. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { whatOf } from '../src/features/outbox/what';
import { entry } from '../src/lib/backend/fake/model';
import { messages, openConversation, scenario, texts } from './page';

describe('a message that is deleted for me', () => {
  test('goes at once, and comes back by the toast', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    fake.receive('c-maren', 'u-maren', 'not for the screen');
    await waitFor(() => expect(texts()).toContain('not for the screen'));
    const said = fake.find('c-maren').messages.at(-1);
    const shown = messages().find((message) => message.textContent?.includes('not for the screen'));
    await user.pointer({ target: shown as HTMLElement, keys: '[MouseRight]' });
    await user.click(within(await waitFor(() => screen.getByTestId('message-menu'))).getByTestId('menu-hide'));
    await waitFor(() => expect(texts()).not.toContain('not for the screen'));
    expect(fake.called('hide_message')).toEqual([{ conversation: 'c-maren', message: said?.id, on: true }]);
    expect(fake.called('delete_message')).toEqual([]);
    await user.click(await waitFor(() => screen.getByRole('button', { name: 'Undo' })));
    await waitFor(() => expect(texts()).toContain('not for the screen'));
    expect(fake.called('hide_message')).toContainEqual({ conversation: 'c-maren', message: said?.id, on: false });
  });

  test('by its key comes back by a key, the last one first, and so does the focus from the toast', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    for (const text of ['the first', 'the second', 'the third']) fake.receive('c-maren', 'u-maren', text);
    await waitFor(() => expect(texts().slice(-3)).toEqual(['the first', 'the second', 'the third']));
    messages().at(-3)?.focus();
    await user.keyboard('{Delete}');
    await waitFor(() => expect(texts().slice(-2)).toEqual(['the second', 'the third']));
    await user.keyboard('{Delete}');
    await waitFor(() => expect(texts()).not.toContain('the second'));
    expect(document.activeElement?.textContent).toContain('the third');
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(texts()).toContain('the second'));
    expect(texts()).not.toContain('the first');
    expect(screen.getAllByTestId('toast').length).toBe(1);
    const from = document.activeElement;
    for (let i = 0; i < 10 && document.activeElement?.textContent !== 'Undo'; i += 1) await user.keyboard('{F6}');
    expect(document.activeElement?.textContent).toBe('Undo');
    (from as HTMLElement).focus();
    screen.getByRole('button', { name: 'Undo' }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(texts()).toContain('the first'));
    expect(document.activeElement).toBe(from);
    await user.keyboard('{Control>}z{/Control}');
    expect(fake.called('hide_message').length).toBe(4);
  });

  test('is quoted without a word of it, and leads nowhere', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    fake.receive('c-maren', 'u-maren', 'the original');
    const original = fake.find('c-maren').messages.at(-1);
    fake.receive('c-maren', 'u-maren', 'the answer');
    const answer = fake.find('c-maren').messages.at(-1);
    if (!original || !answer) throw new Error('nothing was said');
    [original.hidden, answer.reply_to] = [true, original.id];
    fake.changed('c-maren');
    const quote = await waitFor(() => {
      const found = messages().find((message) => message.textContent?.includes('the answer'))?.querySelector<HTMLElement>('[data-testid="quote"]');
      if (!found) throw new Error('there is no quote');
      return found;
    });
    await waitFor(() => expect([quote.dataset.kind, quote.tagName]).toEqual(['hidden', 'DIV']));
    expect(quote.textContent).toContain('A message that you deleted for yourself');
    expect(quote.textContent).not.toContain('the original');
  });

  test('is named in the outbox', () => {
    const some = { since_local: 0, message_text: 'oops' };
    expect(whatOf(entry({ ...some, what: 'hide_message' }))).toBe('Delete “oops” for me');
    expect(whatOf(entry({ ...some, what: 'show_message' }))).toBe('Show “oops” again');
    expect(whatOf(entry({ ...some, what: 'hide_message', message_text: null }))).toBe('Delete a message for me');
  });
});
