/** What is being written in a thread: kept as a draft is, named and decorated as in the conversation, and back where it was written. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { ME, entry } from '../src/lib/backend/fake/model';
import { sayUnder } from '../src/lib/backend/fake/threads';
import { asides } from '../src/state/asides';
import { onTakenBack } from '../src/state/outbox';
import { toast } from '../src/state/toasts.svelte';
import { goTo, view } from '../src/state/view.svelte';
import { findings, silent } from './axe';
import { openPage, scenario, settled } from './page';

const box = () => waitFor(() => screen.getByTestId<HTMLTextAreaElement>('thread-write'));

/** The open thread under a message of Maren's, that Elin follows. */
async function opened(fake: Fake = scenario('everyday')) {
  const user = await openPage(fake);
  fake.receive('c-maren', 'u-maren', 'the trip');
  const root = fake.find('c-maren').messages.at(-1)?.id ?? '';
  const question = sayUnder(fake, 'c-maren', root, 'u-maren', 'by train?');
  sayUnder(fake, 'c-maren', root, ME.user, 'wait');
  goTo.thread('c-maren', root);
  const dialog = await waitFor(() => screen.getByTestId('thread'));
  await waitFor(() => within(dialog).getByText('by train?'));
  return { fake, user, root, question, dialog };
}

async function close() {
  view.thread = null;
  await waitFor(() => expect(screen.queryByTestId('thread')).toBeNull());
}

test('it is kept while one types, listed as a draft and there after a restart', async () => {
  const { fake, user, root } = await opened();
  await user.type(await box(), 'by boat');
  await waitFor(() => expect(fake.called('save_draft').at(-1)).toEqual({ conversation: 'c-maren', root, text: 'by boat', reply_to: null }), { timeout: 2_000 });
  await close();
  goTo.threads();
  await waitFor(() => expect(screen.getByTestId('followed-draft').textContent).toContain('by boat'));
  expect(await findings()).toEqual([]);
  // The page begins anew, and what was kept is there.
  asides.clear();
  goTo.thread('c-maren', root);
  await waitFor(async () => expect((await box()).value).toBe('by boat'));
  const before = fake.called('save_draft').length;
  await user.type(await box(), '{Enter}');
  await waitFor(() => expect(fake.called('say_in_thread').at(-1)).toMatchObject({ root, text: 'by boat' }));
  await close();
  expect(fake.called('save_draft')).toHaveLength(before);
  await waitFor(() => expect(screen.queryByTestId('followed-draft')).toBeNull());
});

test('what could not be kept says so, and is kept with the next occasion', async () => {
  const { fake, user, root } = await opened();
  fake.failNext('save_draft', { code: 'disk_full', message: 'The disk is full.' });
  await user.type(await box(), 'by');
  await waitFor(() => expect(screen.getByTestId('composer-problem').textContent).toContain('disk is full'), { timeout: 2_000 });
  await user.type(await box(), ' boat');
  await waitFor(() => expect(fake.called('save_draft').at(-1)).toEqual({ conversation: 'c-maren', root, text: 'by boat', reply_to: null }), { timeout: 2_000 });
});

test('people are named in it, and emoji put into it, as in the conversation', async () => {
  const { user } = await opened();
  await user.type(await box(), 'so it is, @mar');
  await waitFor(() => screen.getByTestId('names'));
  await user.keyboard('{Enter}');
  await waitFor(async () => expect((await box()).value).toMatch(/^so it is, @\S+ $/));
  expect(screen.queryByTestId('names')).toBeNull();
  await user.click(screen.getByTestId('thread-emoji'));
  await waitFor(() => expect(document.querySelector('[data-emoji]')).not.toBeNull(), { timeout: 5_000 });
  await user.type(screen.getByTestId('emoji-search'), 'rocket');
  await user.keyboard('{Enter}');
  await waitFor(async () => expect((await box()).value).toMatch(/^so it is, @\S+ 🚀$/));
  expect(document.activeElement).toBe(await box());
});

test('what was not sent comes back into it, and leads there from the outbox', async () => {
  const { fake, root, question } = await opened();
  await close();
  const quote = { message: question, sender: 'u-maren', name: 'Maren', mine: false, what: { kind: 'text' as const, text: 'by train?' } };
  const state = { kind: 'failed' as const, problem: { code: 'not_found', message: 'It is gone.' } };
  fake.outbox.push(entry({ what: 'send_message', conversation: 'c-maren', conversation_name: 'Maren', text: 'by boat', thread: root, quote, since_local: 0, state }));
  const item = fake.outbox.at(-1);
  if (!item) throw new Error('nothing waits');
  const { rewrite } = await import('../src/state/outbox');
  await rewrite(item);
  expect(view.thread).toEqual({ conversation: 'c-maren', root });
  await waitFor(async () => expect((await box()).value).toBe('by boat'));
  expect(screen.getByTestId('reply-bar').textContent).toContain('by train?');
  expect(fake.find('c-maren').draft).toBeNull();
  // Another one comes back by itself, behind what stands there.
  onTakenBack({ kind: 'taken_back', conversation: 'c-maren', fate: 'returned', text: 'or not', quote: null, thread: root });
  await waitFor(async () => expect((await box()).value).toBe('by boat\nor not'));
  expect(toast.shown).toEqual([]);
  await close();
  onTakenBack({ kind: 'taken_back', conversation: 'c-maren', fate: 'returned', text: 'at all', quote: null, thread: root });
  await waitFor(() => screen.getByText('It was taken back. Its text is in the box of its thread.'));
});

test('what comes back once it is closed is in its draft', async () => {
  const { fake, user, root, dialog } = await opened();
  const mine = sayUnder(fake, 'c-maren', root, ME.user, 'by boat');
  await fake.call('edit_message', { conversation: 'c-maren', message: mine, text: 'by the night boat', instead_of: null });
  const refused = fake.outbox.find(({ message }) => message === mine);
  const said = fake.find('c-maren').messages.flatMap(({ under }) => under?.messages ?? []).find(({ id }) => id === mine);
  if (!refused || !said) throw new Error('nothing waits');
  refused.state = { kind: 'failed', problem: { code: 'not_found', message: 'It is gone.' } };
  said.content = { kind: 'deleted' };
  fake.changed('c-maren');
  const answered = silent(fake, 'discard_outbox');
  await user.click(await waitFor(() => within(dialog).getByTestId('change-edit')));
  await close();
  answered();
  const kept = { conversation: 'c-maren', root, text: 'by the night boat', reply_to: null };
  await waitFor(() => expect(fake.called('save_draft').at(-1)).toEqual(kept));
});

test('nothing is read for it any more once it is closed', async () => {
  const warned = vi.spyOn(console, 'warn');
  const { fake, root } = await opened();
  const answered = silent(fake, 'open_thread');
  const calls = vi.spyOn(fake, 'call');
  const asked = () => calls.mock.calls.filter(([name]) => name === 'open_thread').length;
  sayUnder(fake, 'c-maren', root, 'u-maren', 'or by boat');
  await waitFor(() => expect(asked()).toBe(1));
  // This one is read when that has been answered, and a moment has passed.
  sayUnder(fake, 'c-maren', root, 'u-maren', 'or not at all');
  await settled();
  await close();
  answered();
  await new Promise((resume) => setTimeout(resume, 100));
  await settled();
  expect(asked()).toBe(1);
  expect(warned).not.toHaveBeenCalled();
});
