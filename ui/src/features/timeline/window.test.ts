import { describe, expect, test } from 'vitest';
import { install } from '../../lib/backend';
import { Fake } from '../../lib/backend/fake/fake';
import { ME, add, direct, person } from '../../lib/backend/fake/model';
import { ROWS_MAX } from './pages';
import { TimelineWindow } from './window.svelte';

const idris = person('idris', 'Idris Okafor');

function world(count: number, more: { known?: [number, number][]; read?: number } = {}) {
  const fake = new Fake();
  fake.people = [idris];
  fake.delivery_ms = null;
  const conversation = direct(idris);
  for (let i = 0; i < count; i += 1) add(conversation, i % 2 ? ME.user : idris.user, `${i + 1}`, 1_700_000_000_000 + i * 1_000);
  conversation.known = more.known ?? conversation.known;
  conversation.read_pos = more.read ?? count;
  fake.conversations = [conversation];
  install(fake);
  let following = true;
  const timeline = new TimelineWindow(conversation.id, {
    follows: () => following,
    swap: (change) => Promise.resolve(change()),
  });
  return { fake, conversation, timeline, lookAway: () => (following = false) };
}

const places = (timeline: TimelineWindow) => (timeline.window?.messages ?? []).map((message) => message.pos);
const dense = (list: (number | null)[]) => list.every((pos, i) => i === 0 || pos === (list[i - 1] ?? 0) + 1);

describe('pages', () => {
  test('walk to the beginning and back to the end: every row comes by once, never more than fit', async () => {
    const { timeline } = world(1_000);
    await timeline.open({ kind: 'end' });
    const seen = new Set<number | null>();
    while (await timeline.extend(-1)) {
      expect(places(timeline).length).toBeLessThanOrEqual(ROWS_MAX);
      expect(dense(places(timeline))).toBe(true);
      for (const pos of places(timeline)) seen.add(pos);
    }
    expect(timeline.window?.before).toBe('end');
    expect(places(timeline)[0]).toBe(1);
    expect(seen.size).toBe(1_000);
    while (await timeline.extend(1)) expect(dense(places(timeline))).toBe(true);
    expect(places(timeline).at(-1)).toBe(1_000);
    expect(timeline.window?.after).toBe('end');
  });

  test('two wishes for the same page ask once', async () => {
    const { fake, timeline } = world(500);
    await timeline.open({ kind: 'end' });
    const asked = fake.called('open_timeline').length;
    await Promise.all([timeline.extend(-1), timeline.extend(-1)]);
    expect(fake.called('open_timeline').length).toBe(asked + 1);
  });

  test('the outbox is at the very end only', async () => {
    const { fake, conversation, timeline } = world(400);
    fake.enqueue(conversation.id, 'waiting');
    await timeline.open({ kind: 'end' });
    expect(places(timeline).at(-1)).toBeNull();
    for (let i = 0; i < 5; i += 1) await timeline.extend(-1);
    expect(timeline.window?.after).toBe('more');
    expect(places(timeline)).not.toContain(null);
  });
});

describe('what changes meanwhile', () => {
  test('a new message joins, and what did not change stays the same object', async () => {
    const { fake, conversation, timeline } = world(100);
    await timeline.open({ kind: 'end' });
    const before = timeline.window?.messages ?? [];
    add(fake.find(conversation.id), idris.user, 'new', 1_700_000_200_000);
    await timeline.refresh();
    const after = timeline.window?.messages ?? [];
    expect(after.length).toBe(before.length + 1);
    expect(after.slice(0, before.length).every((message, i) => message === before[i])).toBe(true);
  });

  test('a message of mine keeps its row from the outbox to the server', async () => {
    const { fake, conversation, timeline } = world(3);
    const { id } = fake.enqueue(conversation.id, 'hello');
    await timeline.open({ kind: 'end' });
    expect(timeline.window?.messages.at(-1)).toMatchObject({ id, pos: null, state: { kind: 'queued' } });
    fake.deliver(id);
    await timeline.refresh();
    expect(timeline.window?.messages.at(-1)).toMatchObject({ id, pos: 4, state: { kind: 'sent' } });
    expect(timeline.window?.messages.length).toBe(4);
  });

  test('a changed row inside the window is seen', async () => {
    const { conversation, timeline } = world(200);
    await timeline.open({ kind: 'end' });
    const last = conversation.messages[150];
    if (last) last.content = { kind: 'deleted' };
    await timeline.refresh();
    expect(timeline.window?.messages.find((message) => message.pos === 151)?.content.kind).toBe('deleted');
  });

  test('far from the end the window stays where it is', async () => {
    const { fake, conversation, timeline } = world(1_000);
    await timeline.open({ kind: 'message', id: conversation.messages[100]?.id ?? '' });
    const before = places(timeline);
    add(fake.find(conversation.id), idris.user, 'new', 1_700_009_000_000);
    await timeline.refresh();
    expect(places(timeline)).toEqual(before);
    expect(timeline.window?.after).toBe('more');
  });

  test('a burst larger than the window keeps the end for one who follows, and the place for one who does not', async () => {
    for (const away of [false, true]) {
      const { fake, conversation, timeline, lookAway } = world(100);
      if (away) lookAway();
      await timeline.open({ kind: 'end' });
      const first = places(timeline)[0];
      for (let i = 0; i < 300; i += 1) add(fake.find(conversation.id), idris.user, 'burst', 1_700_001_000_000 + i);
      await timeline.refresh();
      expect(places(timeline).length).toBe(ROWS_MAX);
      expect(dense(places(timeline))).toBe(true);
      if (away) expect(places(timeline)[0]).toBe(first);
      else expect(places(timeline).at(-1)).toBe(400);
    }
  });
});

describe('holes', () => {
  test('stop the walk, are filled, and the walk goes on', async () => {
    const { conversation, timeline } = world(300, { known: [[1, 100], [200, Infinity]] });
    await timeline.open({ kind: 'end' });
    while (await timeline.extend(-1));
    expect(timeline.window?.before).toBe('gap');
    expect(places(timeline)[0]).toBe(200);
    conversation.known = [[1, Infinity]];
    await timeline.refresh();
    expect(timeline.window?.before).toBe('more');
    while (await timeline.extend(-1));
    expect(places(timeline)[0]).toBe(1);
    expect(dense(places(timeline))).toBe(true);
  });

  test('a hole after the last row is filled as well', async () => {
    const { conversation, timeline } = world(300, { known: [[1, 100], [200, Infinity]] });
    await timeline.open({ kind: 'message', id: conversation.messages[95]?.id ?? '' });
    expect(timeline.window?.after).toBe('gap');
    conversation.known = [[1, Infinity]];
    await timeline.refresh();
    expect(timeline.window?.after).toBe('more');
    await timeline.extend(1);
    expect(dense(places(timeline))).toBe(true);
  });
});

describe('the unread line', () => {
  test('stands where one left off and stays while one reads', async () => {
    const { conversation, timeline } = world(100, { read: 90 });
    await timeline.open({ kind: 'unread' });
    expect(timeline.line).toEqual({ after: 90, count: 5 });
    conversation.read_pos = 100;
    await timeline.refresh();
    expect(timeline.line).toEqual({ after: 90, count: 5 });
  });

  test('appears for what came while one looked elsewhere, not for what one saw come', async () => {
    for (const away of [false, true]) {
      const { fake, conversation, timeline, lookAway } = world(10);
      await timeline.open({ kind: 'unread' });
      if (away) lookAway();
      add(fake.find(conversation.id), idris.user, 'new', 1_700_000_200_000);
      await timeline.refresh();
      expect(timeline.line).toEqual(away ? { after: 10, count: 1 } : null);
    }
  });
});

test('a jump to what is not here changes nothing', async () => {
  const { timeline } = world(50);
  await timeline.open({ kind: 'end' });
  const before = timeline.window;
  expect(await timeline.open({ kind: 'message', id: 'nowhere' })).toBe(false);
  expect(timeline.window).toBe(before);
});

test('a conversation that cannot be read says why, and opens when it can', async () => {
  const { fake, timeline } = world(5);
  fake.failNext('open_timeline', { code: 'damaged_database', message: 'A page is damaged.' });
  expect(await timeline.open({ kind: 'end' })).toBe(false);
  expect(timeline.problem?.code).toBe('damaged_database');
  expect(await timeline.open({ kind: 'end' })).toBe(true);
  expect(timeline.problem).toBeNull();
});
