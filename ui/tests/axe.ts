/** What axe says of a page, and that in the end it has been shown every component: the a11y files each show it some folders of them. */
import { screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { settled } from './page';
import type { Fake } from '../src/lib/backend/fake/fake';
import type { openPage } from './page';

export type User = Awaited<ReturnType<typeof openPage>>;

// A whole page takes it many seconds where the computer is busy with something else.
vi.setConfig({ testTimeout: 120_000 });

/** What axe has no use for where nothing has a place or a size: colours (contrast.test.ts measures them) and what lies outside the landmarks. */
const BLIND = { 'color-contrast': { enabled: false }, region: { enabled: false } };

/** The files of the components that were on the page while axe looked. */
const looked = new Set<string>();

/** What axe finds on the page as it is now. */
export async function findings(): Promise<string[]> {
  await settled();
  for (const element of document.body.querySelectorAll('*')) looked.add(fileOf(element));
  const { violations } = await axe.run(document.body, { rules: BLIND });
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** Has axe look at the page once all of these are on it. */
export async function accessible(...testids: string[]): Promise<void> {
  for (const testid of testids) await waitFor(() => screen.getAllByTestId(testid));
  expect(await findings()).toEqual([]);
}

/** Presses the first one that is called so, as soon as there is one. */
export async function press(user: User, ...testids: string[]): Promise<void> {
  for (const testid of testids) await user.click((await waitFor(() => screen.getAllByTestId(testid)))[0] as HTMLElement);
}

/** Nothing is answered from now on; what is given back has it answered, which each test does in the end: what is asked outlives a page. */
export function silent(fake: Fake, only?: string): () => void {
  let speak = (): void => {};
  const spoken = new Promise<void>((resume) => (speak = resume));
  const answer = fake.call.bind(fake);
  fake.call = (async (name, args) => {
    if (only === undefined || name === only) await spoken;
    return answer(name, args);
  }) as Fake['call'];
  return speak;
}

/** The compiler leaves at each element where it is written. */
function fileOf(element: Element & { __svelte_meta?: { loc: { file: string } } }): string {
  return element.__svelte_meta?.loc.file.replace(/^.*\/(?=src\/)/, '') ?? '';
}

/** The components of a folder that draw something themselves; what the others arrange is looked at in its own. */
function drawing(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));
  return files.map((name) => `${folder}/${name}`).filter((path) => draws(readFileSync(path, 'utf8')));
}

function draws(source: string): boolean {
  const markup = source.replace(/<(script|style)\b.*?<\/\1>|<!--.*?-->/gs, '');
  return /<[a-z][a-z0-9-]*[\s>]/.test(markup);
}

/** The last test of a file: its tests before it have shown axe every component of these folders. */
export function everyComponentOf(...folders: string[]): void {
  test.each(folders)('axe has looked at every component in %s', (folder) => {
    const all = drawing(`src/${folder}`);
    expect(all.length).toBeGreaterThan(0);
    expect(all.filter((path) => !looked.has(path))).toEqual([]);
  });
}
