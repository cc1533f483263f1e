import { afterEach, expect, test, vi } from 'vitest';
import { install } from '../lib/backend';
import { Fake } from '../lib/backend/fake/fake';
import { now } from './now.svelte';
import { profiles } from './profiles.svelte';

afterEach(() => void vi.useRealTimers());

test('a status ends at its time without being told, and gives way to when somebody was last here', async () => {
  vi.useFakeTimers();
  const fake = new Fake();
  install(fake);
  fake.profiles.set('noor', { user: 'noor', status: { text: 'Back in a minute', until: Date.now() + 60_000 }, last_seen: Date.now(), presence: null, picture: null, about: '', deactivated: false });
  const leave = profiles.show(['noor', 'somebody']);
  await profiles.refresh();
  expect([profiles.status('noor'), profiles.line('noor'), profiles.line('somebody')]).toEqual(['Back in a minute', 'Back in a minute', '']);
  vi.advanceTimersByTime(59_999);
  expect(profiles.status('noor')).toBe('Back in a minute');
  vi.advanceTimersByTime(1);
  expect(profiles.status('noor')).toBe('');
  expect(profiles.line('noor')).toContain('Last seen');
  leave();
  await profiles.refresh();
  expect(fake.called('list_profiles').at(-1)).toEqual({ people: ['somebody', 'noor'] });
});

test('when somebody was last here is told anew at midnight', async () => {
  const fake = new Fake();
  install(fake);
  const seen = Date.now();
  fake.profiles.set('noor', { user: 'noor', status: null, last_seen: seen, presence: null, picture: null, about: '', deactivated: false });
  const leave = profiles.show(['noor']);
  await profiles.refresh();
  const today = profiles.line('noor');
  const before = now.day;
  now.day = seen + 86_400_000;
  expect(profiles.line('noor')).not.toBe(today);
  now.day = before;
  leave();
});

test('what is not on the screen is not asked for', async () => {
  const fake = new Fake();
  install(fake);
  const [first, second] = [profiles.show(['noor']), profiles.show(['noor', 'idris'])];
  second();
  await profiles.refresh();
  expect(fake.called('list_profiles').at(-1)).toEqual({ people: ['noor'] });
  first();
  const before = fake.calls.length;
  await profiles.refresh();
  expect(fake.calls.length).toBe(before);
});

test('how somebody is here goes before when they last were, and their own words before both', async () => {
  const fake = new Fake();
  install(fake);
  fake.profiles.set('noor', { user: 'noor', status: null, last_seen: Date.now(), presence: 'online', picture: null, about: '', deactivated: false });
  const leave = profiles.show(['noor']);
  await profiles.refresh();
  expect([profiles.here('noor'), profiles.line('noor')]).toEqual(['Online', 'Online']);
  fake.tells('noor', { presence: 'away' });
  await profiles.refresh();
  expect(profiles.line('noor')).toBe('Away');
  fake.tells('noor', { presence: 'offline' });
  await profiles.refresh();
  expect([profiles.here('noor'), profiles.presence('noor')]).toEqual(['', 'offline']);
  expect(profiles.line('noor')).toContain('Last seen');
  fake.tells('noor', { presence: 'online', picture: null, about: '', deactivated: false });
  fake.tells('noor', { status: { text: 'In the library', until: null } });
  await profiles.refresh();
  expect([profiles.here('noor'), profiles.line('noor')]).toEqual(['Online', 'In the library']);
  leave();
});
