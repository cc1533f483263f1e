/** Names that turn the text around them, as a server that is not one's friend could send them: each keeps its turning to itself. */
import { screen, waitFor } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { Backend } from '../src/lib/backend';
import { openPage, row, scenario, settled } from './page';

// Many pages in one test.
vi.setConfig({ testTimeout: 30_000 });

const TURN = '\u202e';

/** Everything that is called something is called so that what follows would run backwards. */
function turned(value: unknown): unknown {
  if (value === undefined) return value;
  const turn = (key: string, inner: unknown) => (/(^|_)name$/.test(key) && typeof inner === 'string' && inner ? TURN + inner : inner);
  return JSON.parse(JSON.stringify(value), turn);
}

/** Texts that could turn others: those that share a line with them and are not kept apart. */
function loose(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    if (!text.includes(TURN)) continue;
    const apart = node.parentElement?.closest('bdi, .isolate, [dir="auto"]');
    const line = node.parentElement?.closest('p, div, li, dt, dd, h1, h2, h3, td, th, button, a, label, article, section, header');
    const alone = line?.textContent?.trim() === text.trim();
    if (!apart && !alone) found.push(`${line?.outerHTML.slice(0, 300)}`);
  }
  return found;
}

test('a name turns nothing but itself, wherever it stands', async () => {
  const fake = scenario('everyday');
  const backend: Backend = {
    call: async (name, args) => turned(await fake.call(name, args)),
    subscribe: (account, onUpdate) => fake.subscribe(account, (update) => onUpdate(turned(update) as typeof update)),
  };
  const user = await openPage(backend);
  await waitFor(() => screen.getAllByTestId('conversation-row'));
  const rows = screen.getAllByTestId('conversation-row').map((line) => line.dataset.id ?? '');
  const looks = async () => {
    await settled();
    expect(loose()).toEqual([]);
    expect(document.body.textContent).toContain(TURN);
  };
  for (const id of rows.slice(0, 3)) {
    await user.click(await row(id));
    await looks();
  }
  for (const place of ['open-people', 'open-inbox', 'open-settings']) {
    await user.click(screen.getByTestId(place));
    await looks();
  }
});
