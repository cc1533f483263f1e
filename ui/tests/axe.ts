import axe from 'axe-core';
import { vi } from 'vitest';
import { settled } from './page';

// A whole page takes it seconds where the computer is busy with something else.
vi.setConfig({ testTimeout: 30_000 });

/** What axe finds. Colours need a layout that happy-dom has not: their contrast was measured where the tokens were made. */
export async function findings(): Promise<string[]> {
  await settled();
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}
