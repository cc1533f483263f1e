/** Everything of mine as a file: asked for, watched, cancelled, and what is said of it. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { ArchiveMade } from '../src/lib/backend';
import type { Fake } from '../src/lib/backend/fake/fake';
import { findings } from './axe';
import { openPage, scenario, settled } from './page';

const MADE: ArchiveMade = { path: '/home/elin/hearth-elin.zip', conversations: 4, messages: 1234, bytes: 99_000, from_here: false, incomplete: 0 };

const hasFocus = (testid: string) => waitFor(() => expect(document.activeElement).toBe(screen.getByTestId(testid)));
const dialog = () => screen.queryByTestId('archive-dialog');

/** By the keyboard alone, as far as the system's dialog: it gives the page its place or nothing. */
async function asked(name = 'everyday') {
  const fake = scenario(name);
  const user = await openPage(fake);
  await user.keyboard('{Control>},{/Control}');
  const button = await waitFor(() => screen.getByTestId('archive-open'));
  button.focus();
  await user.keyboard('{Enter}');
  return { fake, user, making: await waitFor(() => making(fake)) };
}

function making(fake: Fake) {
  if (!fake.making) throw new Error('no archive is being made');
  return fake.making;
}

describe('an archive', () => {
  test('shows how far it is, and then where it is and what to take care of', async () => {
    const { making, user } = await asked();
    expect(dialog()).toBeNull();
    expect(screen.getByTestId<HTMLButtonElement>('archive-open').disabled).toBe(true);
    making.isAt({ done: 1, conversations: 4, messages: 400 });
    await hasFocus('archive-cancel');
    expect(screen.getByTestId('archive-progress').textContent).toContain('400 messages');
    const bar = screen.getByRole<HTMLProgressElement>('progressbar');
    expect([bar.value, bar.max]).toEqual([1, 4]);
    making.isAt({ done: 2, conversations: 4, messages: 800 });
    await waitFor(() => expect(bar.value).toBe(2));
    expect(await findings()).toEqual([]);
    making.ends(MADE);
    await hasFocus('archive-close');
    expect(screen.getByTestId('archive-place').textContent).toBe(MADE.path);
    expect(dialog()?.textContent).toContain('not encrypted');
    expect(dialog()?.textContent).not.toContain('could not be reached');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(dialog()).toBeNull());
    expect(screen.getByTestId<HTMLButtonElement>('archive-open').disabled).toBe(false);
  });

  test('nobody who chooses no place is told anything', async () => {
    const { fake, making } = await asked();
    making.ends(null);
    await settled();
    expect(dialog()).toBeNull();
    expect(screen.getByTestId<HTMLButtonElement>('archive-open').disabled).toBe(false);
    expect(fake.called('cancel_archive')).toEqual([]);
  });

  test('is cancelled by its button or Escape', async () => {
    const { fake, user, making } = await asked();
    making.isAt({ done: 0, conversations: 4, messages: 0 });
    await hasFocus('archive-cancel');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(dialog()).toBeNull());
    await waitFor(() => screen.getByText(/was cancelled/));
    expect(fake.called('cancel_archive')).toHaveLength(1);
  });

  test.each(['offline', 'disk_full', 'archive_unwritten', 'archive_running'])('%s is said in words', async (code) => {
    const { making, user } = await asked();
    making.isAt({ done: 0, conversations: 4, messages: 0 });
    making.fails({ code, message: `What ${code} means.` });
    await waitFor(() => expect(screen.getByTestId('problem').dataset.code).toBe(code));
    await hasFocus('archive-close');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(dialog()).toBeNull());
  });

  test('offline it is said what it would hold, and afterwards what is missing', async () => {
    const { making } = await asked('offline');
    screen.getByText(/would hold what is on this computer/);
    making.isAt({ done: 0, conversations: 4, messages: 0 });
    making.ends({ ...MADE, from_here: true, incomplete: 2 });
    await waitFor(() => screen.getByText(/so it holds what is on this computer/));
    expect(screen.getByTestId('archive-incomplete').textContent).toContain('2 conversations are not whole');
  });
});
