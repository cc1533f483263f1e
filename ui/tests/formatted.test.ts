import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Block, Content } from '../src/lib/backend';
import { spoken } from '../src/lib/formatted';
import { findings } from './axe';
import { messages, openConversation, scenario, settled, texts } from './page';

/** The message whose text begins like this. */
function starting(words: string): HTMLElement {
  const found = messages().find((message) => message.querySelector('[data-testid="message-text"]')?.textContent?.startsWith(words));
  if (!found) throw new Error(`no message ${words}`);
  return found;
}

const paragraph = (...inlines: Extract<Block, { kind: 'paragraph' }>['inlines']): Block => ({ kind: 'paragraph', inlines });

describe('a formatted message', () => {
  test('has bold, italic, struck out words and code; time and ticks beside the last line', async () => {
    await openConversation(scenario('everyday'), 'c-first-light');
    const message = starting('Short version');
    expect(message.querySelector('strong')?.textContent).toBe('34 people');
    expect(message.querySelector('em')?.textContent).toBe('second pair of hands');
    expect(message.querySelector('s')?.textContent).toBe('Saturday');
    expect(message.querySelector('code')?.textContent).toBe('20:30');
    expect(texts()).toContain('Short version: 34 people signed up for the open evening, so we need a second pair of hands at the eyepiece. Saturday Sunday, 20:30.');
  });

  test('has code in a box of its own, which is copied as it was typed', async () => {
    const user = await openConversation(scenario('everyday'), 'c-first-light');
    const code = within(starting('Guiding settles')).getByTestId('code');
    within(code).getByText('python');
    const text = within(code).getByTestId('code-text').textContent ?? '';
    expect(text).toMatch(/^def settle\(log, limit=0.8\):\n {4}good = /);
    await user.click(within(code).getByRole('button', { name: 'Copy this code' }));
    expect(await navigator.clipboard.readText()).toBe(text);
    await waitFor(() => screen.getByText('Copied'));
  });

  test('has quotes, lists with their numbers, and links that say where they lead', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-family');
    const message = starting('Who brings the cake?');
    expect(message.querySelector('blockquote')?.textContent?.trim()).toBe('Who brings the cake?\nAnd the candles?');
    expect([...message.querySelectorAll('ul > li > p')].map((item) => item.textContent)).toEqual([
      'apple, from Noor',
      'lemon, from the bakery (bakery.example)',
      'without nuts',
      'candles: there are 40 of them',
    ]);
    expect(message.querySelector('ol')?.getAttribute('start')).toBe('1');
    await user.click(within(message).getByRole('link', { name: 'the bakery (bakery.example)' }));
    expect(fake.called('open_link')).toEqual([{ url: 'https://bakery.example/lemon' }]);
  });

  test('hides what is to be hidden until it is asked for, by mouse and by keys', async () => {
    const user = await openConversation(scenario('everyday'), 'c-family');
    const message = starting('Who brings the cake?');
    const veil = within(message).getByRole('button', { name: 'Hidden text: show it' });
    expect(within(message).queryByTestId('spoiler-open')).toBeNull();
    veil.focus();
    await user.keyboard('{Enter}');
    const open = within(message).getByRole('group', { name: 'Text that was hidden' });
    expect(open.textContent).toBe('there are 40 of them');
    await waitFor(() => expect(document.activeElement).toBe(open));
  });

  test('is plain in the list, and aloud', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    const line = screen.getAllByTestId('conversation-row').find((row) => row.dataset.id === 'c-family');
    expect(line?.textContent).toContain('candles: ▒▒▒▒');
    const content: Content = {
      kind: 'text',
      text: '',
      blocks: [
        paragraph({ kind: 'bold', inlines: [{ kind: 'text', text: 'It was ' }] }, { kind: 'spoiler', inlines: [{ kind: 'text', text: 'Noor' }] }),
        { kind: 'list', start: null, items: [[{ kind: 'quote', blocks: [{ kind: 'code', language: null, code: 'x' }] }]] },
      ],
    };
    expect(spoken(content)).toBe('It was hidden text\nx');
    expect(spoken({ kind: 'text', text: 'as it is' })).toBe('as it is');
  });

  test('runs in the direction of its own words', async () => {
    await openConversation(scenario('scripts'), 'c-yael');
    const message = starting('לוח');
    const dirs = (parts: string) => [...message.querySelectorAll(parts)].map((part) => part.getAttribute('dir'));
    expect(dirs('[data-testid="message-text"] > *')).toEqual(['auto', 'auto', 'auto', 'auto']);
    // A list looks past what has a direction of its own.
    expect(dirs('li p, blockquote p')).toEqual([null, null, null]);
  });

  test('cannot bring anything but words, whatever its tree says', async () => {
    const fake = scenario('everyday');
    const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    const message = fake.find('c-maren').messages[0];
    if (message) {
      const text = { kind: 'text', text: hostile } as const;
      message.content = {
        kind: 'text',
        text: hostile,
        blocks: [
          paragraph({ kind: 'bold', inlines: [text] }, { kind: 'code', code: hostile }, { kind: 'spoiler', inlines: [text] }),
          { kind: 'code', language: '"><script>alert(1)</script>', code: hostile },
          { kind: 'quote', blocks: [{ kind: 'list', start: 1, items: [[paragraph(text)]] }] },
        ],
      };
    }
    const user = await openConversation(fake, 'c-maren');
    const shown = messages()[0] as HTMLElement;
    await user.click(within(shown).getByTestId('spoiler'));
    expect(shown.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    expect(shown.textContent?.split(hostile)).toHaveLength(6);
  });

  test('is accessible', async () => {
    const user = await openConversation(scenario('everyday'), 'c-family');
    await user.click(screen.getByTestId('spoiler'));
    expect(await findings()).toEqual([]);
  });
});

test('keys put marks around what is selected in the composer and the edit box', async () => {
  const user = await openConversation(scenario('everyday'), 'c-maren');
  const box = screen.getByTestId('composer') as HTMLTextAreaElement;
  await user.type(box, 'so good');
  box.setSelectionRange(3, 7);
  await user.keyboard('{Control>}b{/Control}');
  expect(box.value).toBe('so **good**');
  await user.keyboard('{Control>}{Shift>}x{/Shift}{/Control}');
  expect(box.value).toBe('so **~~good~~**');
  await user.keyboard('{Control>}{Shift>}x{/Shift}{/Control}{Control>}b{/Control}{Control>}e{/Control}');
  expect(box.value).toBe('so `good`');
  await user.clear(box);
  await user.keyboard('{ArrowUp}');
  const edit = await waitFor(() => screen.getByTestId('edit-text') as HTMLTextAreaElement);
  await settled();
  edit.setSelectionRange(0, 4);
  await user.keyboard('{Control>}i{/Control}');
  expect(edit.value).toBe('*Same* as on your drawing.');
});
