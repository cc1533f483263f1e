/** Reactions and the picker of every emoji. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { COLUMNS, moved } from '../src/features/emoji/grid';
import { emojiOf, inTone, readEmoji, search } from '../src/features/emoji/list';
import { iconOf, whatOf } from '../src/features/outbox/what';
import type { Fake } from '../src/lib/backend/fake/fake';
import { openConversation, scenario } from './page';

function said(text: string): HTMLElement {
  const found = screen.getAllByTestId('message').find((shown) => shown.textContent.includes(text));
  if (!found) throw new Error(`there is no message "${text}"`);
  return found;
}

const chip = (text: string, emoji: string) => said(text).querySelector<HTMLElement>(`[data-testid="reaction"][data-emoji="${emoji}"]`);

/** Maren says something, on which others have put something. */
function receive(fake: Fake, text: string, reactions: [string, string[]][] = []) {
  fake.receive('c-maren', 'u-maren', text);
  const message = fake.find('c-maren').messages.at(-1);
  if (!message) throw new Error('nothing was said');
  message.reactions = new Map(reactions);
  fake.changed('c-maren');
  return message;
}

async function picker(): Promise<HTMLElement> {
  const found = await waitFor(() => screen.getByTestId('emoji-picker'));
  await waitFor(() => expect(found.querySelectorAll('[data-testid="emoji"]').length).toBeGreaterThan(1_000), { timeout: 5_000 });
  return found;
}

describe('what stands on a message', () => {
  test('says how many, who, and what of it is mine; a press adds mine or takes it back', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const message = receive(fake, 'look up tonight', [['🔭', ['u-maren']]]);
    await waitFor(() => expect(chip('look up tonight', '🔭')).not.toBeNull());
    const shown = () => chip('look up tonight', '🔭');
    expect([shown()?.textContent, shown()?.getAttribute('aria-pressed'), shown()?.title]).toEqual(['🔭1', 'false', 'Maren Solberg']);
    await user.click(shown() as HTMLElement);
    await waitFor(() => expect(shown()?.getAttribute('aria-pressed')).toBe('true'));
    expect([shown()?.textContent, shown()?.title]).toEqual(['🔭2', 'You, Maren Solberg']);
    expect(fake.called('react')).toEqual([{ conversation: 'c-maren', message: message.id, emoji: '🔭', on: true }]);
    await user.click(shown() as HTMLElement);
    await waitFor(() => expect(shown()?.textContent).toBe('🔭1'));
    expect(fake.called('react').at(-1)?.on).toBe(false);
  });

  test('more people than have names are counted', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    receive(fake, 'everybody', [['🎉', ['u-maren', 'u-a', 'u-b', 'u-c', 'u-d']]]);
    await waitFor(() => expect(chip('everybody', '🎉')?.title).toMatch(/^Maren Solberg, .* and 2 others$/));
  });

  test('everybody by emoji, in a dialog', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    receive(fake, 'who was it', [
      ['👍', ['u-maren', 'u-elin']],
      ['🔥', ['u-maren']],
    ]);
    await waitFor(() => expect(chip('who was it', '👍')).not.toBeNull());
    await user.pointer({ target: said('who was it'), keys: '[MouseRight]' });
    await user.click(within(screen.getByTestId('message-menu')).getByTestId('menu-reactors'));
    const of = await waitFor(() => within(screen.getByTestId('reactors')).getAllByTestId('reactors-of'));
    expect(of.map((section) => [section.dataset.emoji, within(section).getAllByTestId('reactor').length])).toEqual([
      ['👍', 2],
      ['🔥', 1],
    ]);
  });

  test('the likely ones are in the menu, and stand in the outbox while offline', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    fake.goOffline();
    receive(fake, 'from the menu');
    await waitFor(() => said('from the menu'));
    await user.pointer({ target: said('from the menu'), keys: '[MouseRight]' });
    const first = within(screen.getByTestId('message-menu')).getAllByTestId('quick-emoji')[0];
    await user.click(first as HTMLElement);
    await waitFor(() => expect(chip('from the menu', '👍')?.getAttribute('aria-pressed')).toBe('true'));
    expect(fake.outbox.map((item) => [item.what, whatOf(item), iconOf(item)])).toEqual([['react', 'React with 👍 to “from the menu”', 'smile']]);
    await user.click(chip('from the menu', '👍') as HTMLElement);
    await waitFor(() => expect(chip('from the menu', '👍')).toBeNull());
    expect(fake.outbox).toEqual([]);
  });
});

describe('the picker', () => {
  test('opens by + on the message, is searched, chosen from by keys, and remembers', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const message = receive(fake, 'by keys');
    await waitFor(() => said('by keys'));
    said('by keys').focus();
    await user.keyboard('+');
    const shown = await picker();
    await user.type(within(shown).getByTestId('emoji-search'), 'telescope');
    await waitFor(() => expect(within(shown).getAllByTestId('emoji').map((one) => one.dataset.emoji)).toEqual(['🔭']));
    await user.keyboard('{Enter}');
    expect(fake.called('react')).toEqual([{ conversation: 'c-maren', message: message.id, emoji: '🔭', on: true }]);
    expect(screen.queryByTestId('emoji-picker')).toBeNull();
    await waitFor(() => expect(fake.settings.emoji).toEqual(['🔭']));
    expect(document.activeElement).toBe(said('by keys'));

    await user.keyboard('+');
    const again = await picker();
    expect(within(again).getAllByTestId('emoji')[0]?.dataset.emoji).toBe('🔭');
    await user.keyboard('{Escape}');
    expect(screen.queryByTestId('emoji-picker')).toBeNull();
    expect(document.activeElement).toBe(said('by keys'));
  });

  test('keeps the tone of skin', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    receive(fake, 'in a tone');
    await waitFor(() => said('in a tone'));
    said('in a tone').focus();
    await user.keyboard('+');
    const shown = await picker();
    await user.click(within(shown).getByTestId('emoji-tone'));
    await user.click(within(shown).getByLabelText('Medium skin tone'));
    await waitFor(() => expect(fake.settings.skin_tone).toBe(3));
    await waitFor(() => expect(shown.querySelector('[data-emoji="👍🏽"]')).not.toBeNull());
    expect(shown.querySelector('[data-emoji="👍"]')).toBeNull();
    // The button that was pressed is gone; the keys are heard all the same.
    expect(document.activeElement).toBe(within(shown).getByTestId('emoji-search'));
  });

  test('of the composer writes into the text', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const box = screen.getByTestId<HTMLTextAreaElement>('composer');
    await user.type(box, 'to the stars ');
    await user.click(screen.getByTestId('composer-emoji'));
    const shown = await picker();
    await user.type(within(shown).getByTestId('emoji-search'), 'rocket');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(box.value).toBe('to the stars 🚀'));
    expect(document.activeElement).toBe(box);
  });
});

describe('the list', () => {
  test('is whole, in the form in which the server knows each, and found by names and words', async () => {
    const all = await readEmoji();
    expect(all.length).toBeGreaterThan(1_800);
    expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
    expect([emojiOf('1F44D'), emojiOf('2764'), emojiOf('1F44D-1F3FD')]).toEqual(['👍', '❤️', '👍🏽']);
    const thumb = all.find(({ emoji }) => emoji === '👍');
    expect(thumb && [inTone(thumb, 0), inTone(thumb, 5)]).toEqual(['👍', '👍🏿']);
    expect(search(all, 'red heart')[0]?.emoji).toBe('❤️');
    expect(search(all, '+1').map(({ emoji }) => emoji)).toContain('👍');
    expect(search(all, 'nothing is called so')).toEqual([]);
    const couple = all.find(({ label }) => label === 'couple with heart: woman, man');
    expect(couple?.tones).toHaveLength(5);
  });

  test('the arrows keep the column, group by group', () => {
    const sizes = [3, COLUMNS + 2, 4];
    expect(moved(sizes, 2, 'ArrowDown')).toBe(5);
    expect(moved(sizes, 3 + COLUMNS - 1, 'ArrowDown')).toBe(3 + COLUMNS + 1);
    expect(moved(sizes, 3 + COLUMNS + 1, 'ArrowDown')).toBe(3 + COLUMNS + 3);
    expect(moved(sizes, 5, 'ArrowUp')).toBe(2);
    expect(moved(sizes, 0, 'ArrowUp')).toBe(0);
    expect(moved(sizes, 2, 'ArrowRight')).toBe(3);
    expect(moved(sizes, 0, 'ArrowLeft')).toBe(0);
    expect(moved([], 0, 'ArrowDown')).toBe(0);
  });
});
