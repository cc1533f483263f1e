/** Being told: quiet for a time, quiet hours, words of one's own, and why one was told of a message. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { ME, add } from '../src/lib/backend/fake/model';
import { isUndisturbed, undisturbed } from '../src/lib/undisturbed';
import { openConversation, openPage, scenario } from './page';

async function openSettings() {
  const fake = scenario('everyday');
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  return { fake, user };
}

const hours = (fake: Fake) => fake.settings.quiet_hours;

describe('do not disturb', () => {
  test('ends when it was to', () => {
    const at = new Date(2026, 2, 2, 23, 50).getTime();
    const tomorrow = undisturbed('tomorrow', at);
    expect(tomorrow.do_not_disturb_until_local).toBe(new Date(2026, 2, 3).getTime());
    expect([isUndisturbed(tomorrow, at), isUndisturbed(tomorrow, at + 600_000)]).toEqual([true, false]);
    expect(undisturbed('half_hour', at).do_not_disturb_until_local).toBe(at + 1_800_000);
    expect(isUndisturbed(undisturbed('for_ever', at), at * 2)).toBe(true);
    expect(isUndisturbed(undisturbed('off', at), at)).toBe(false);
  });

  test('for an hour: it shows beside my picture, says until when, and is ended there', async () => {
    const { fake, user } = await openSettings();
    expect(screen.queryByTestId('undisturbed')).toBeNull();
    await user.selectOptions(screen.getByTestId('set-quiet'), 'hour');
    await waitFor(() => screen.getByTestId('undisturbed'));
    const left = (fake.settings.do_not_disturb_until_local ?? 0) - Date.now();
    expect(left > 3_590_000 && left <= 3_600_000).toBe(true);
    const select = screen.getByTestId<HTMLSelectElement>('set-quiet');
    expect(select.selectedOptions[0]?.textContent).toMatch(/^Until /);
    await user.click(screen.getByTestId('open-accounts'));
    await user.click(await waitFor(() => screen.getByTestId('undisturbed-off')));
    await waitFor(() => expect(screen.queryByTestId('undisturbed')).toBeNull());
    expect([fake.settings.do_not_disturb, fake.settings.do_not_disturb_until_local]).toEqual([false, null]);
    expect(select.value).toBe('off');
  });
});

describe('notification settings', () => {
  test('quiet hours have times, days and a zone', async () => {
    const { fake, user } = await openSettings();
    expect(screen.queryByTestId('quiet-from')).toBeNull();
    await user.click(screen.getByTestId('set-hours'));
    const from = await waitFor(() => screen.getByTestId<HTMLInputElement>('quiet-from'));
    expect([from.value, screen.getByTestId<HTMLInputElement>('quiet-to').value]).toEqual(['22:00', '07:00']);
    from.value = '21:30';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await waitFor(() => expect(hours(fake).from).toBe(21 * 60 + 30));
    const days = screen.getAllByTestId('quiet-day');
    expect(days.map((day) => day.textContent)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']);
    await user.click(days[5]!);
    await user.click(days[0]!);
    await user.click(days[0]!);
    await user.selectOptions(screen.getByTestId('quiet-zone'), 'Europe/Berlin');
    await waitFor(() => expect(hours(fake)).toEqual({ on: true, from: 1_290, to: 420, days: [1, 2, 3, 4, 5, 7], zone: 'Europe/Berlin' }));
    await user.selectOptions(screen.getByTestId('quiet-zone'), '');
    await waitFor(() => expect(hours(fake).zone).toBeNull());
  });

  test('hours that are the whole day, or never, say so', async () => {
    const { fake, user } = await openSettings();
    await user.click(screen.getByTestId('set-hours'));
    const to = await waitFor(() => screen.getByTestId<HTMLInputElement>('quiet-to'));
    const note = screen.getByTestId('quiet-note');
    expect(note.textContent).toBe('');
    to.value = '22:00';
    to.dispatchEvent(new Event('change', { bubbles: true }));
    await waitFor(() => expect(note.textContent).toBe('Both times are the same: it is quiet for 24 hours.'));
    for (const day of screen.getAllByTestId('quiet-day')) await user.click(day);
    await waitFor(() => expect(hours(fake).days).toEqual([]));
    expect(note.textContent).toBe('No day is chosen: it is never quiet.');
  });

  test('words are added once and taken out again', async () => {
    const { fake, user } = await openSettings();
    const add = screen.getByTestId<HTMLButtonElement>('keyword-add');
    expect(add.disabled).toBe(true);
    await user.type(screen.getByTestId('keyword'), ' lamp {Enter}');
    await user.type(screen.getByTestId('keyword'), 'release candidate{Enter}');
    await user.type(screen.getByTestId('keyword'), 'LAMP{Enter}');
    await waitFor(() => screen.getByText('“lamp” is one of them already.'));
    const field = screen.getByTestId<HTMLInputElement>('keyword');
    expect([fake.settings.keywords, field.value]).toEqual([['lamp', 'release candidate'], 'LAMP']);
    fake.failNext('set_settings', { code: 'disk_full', message: 'The disk is full.' });
    await user.clear(field);
    expect(screen.queryByText('“lamp” is one of them already.')).toBeNull();
    await user.type(field, 'stove{Enter}');
    await waitFor(() => screen.getByText('The disk is full.'));
    expect([fake.settings.keywords, field.value]).toEqual([['lamp', 'release candidate'], 'stove']);
    await user.click(screen.getByRole('button', { name: 'Remove lamp' }));
    await waitFor(() => expect(fake.settings.keywords).toEqual(['release candidate']));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove release candidate' })));
    expect(screen.getAllByTestId('keyword-kept').map((kept) => kept.textContent?.trim())).toEqual(['release candidate']);
  });

  test('mentions come through mute by choice', async () => {
    const { fake, user } = await openSettings();
    await user.click(screen.getByTestId('set-break-mute'));
    await waitFor(() => expect(fake.settings.mentions_break_mute).toBe(true));
  });
});

describe('how one is told', () => {
  test('with a sound, by choice', async () => {
    const { fake, user } = await openSettings();
    const sound = screen.getByTestId('set-sound');
    expect(sound.getAttribute('aria-checked')).toBe('true');
    await user.click(sound);
    await waitFor(() => expect(fake.settings.sound).toBe(false));
    await waitFor(() => expect(sound.getAttribute('aria-checked')).toBe('false'));
  });

  test('can be tried, and says what came of it', async () => {
    const { fake, user } = await openSettings();
    const button = screen.getByTestId<HTMLButtonElement>('try-notification');
    await user.click(button);
    await waitFor(() => screen.getByText(/^It was shown\./));
    expect(fake.called('try_notification').length).toBe(1);
    fake.failNext('try_notification', { code: 'no_notifications', message: 'Nothing shows notifications.' });
    await user.click(button);
    await waitFor(() => screen.getByText('Nothing shows notifications.'));
    expect(button.disabled).toBe(false);
  });
});

describe('starting with the computer', () => {
  test('is the system to say, and how it starts is asked where it does', async () => {
    const { fake, user } = await openSettings();
    const starts = await waitFor(() => screen.getByTestId('set-autostart'));
    expect([starts.getAttribute('aria-checked'), screen.queryByTestId('set-start-hidden')]).toEqual(['false', null]);
    await user.click(starts);
    await user.click(await waitFor(() => screen.getByTestId('set-start-hidden')));
    await waitFor(() => expect([fake.autostart, fake.settings.start_hidden]).toEqual([true, true]));
    fake.failNext('set_autostart', { code: 'no_autostart', message: 'This computer does not let Hearth.' });
    await user.click(starts);
    await waitFor(() => screen.getByText('This computer does not let Hearth.'));
    expect(starts.getAttribute('aria-checked')).toBe('true');
    await user.click(starts);
    await waitFor(() => expect(screen.queryByTestId('set-start-hidden')).toBeNull());
    expect(fake.autostart).toBe(false);
  });

  test('has no row where the system does not say', async () => {
    const fake = scenario('everyday');
    fake.failNext('get_autostart', { code: 'no_autostart', message: 'Nobody knows.' });
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('open-settings')));
    await waitFor(() => expect(fake.called('get_autostart').length).toBe(1));
    expect([screen.queryByTestId('set-autostart'), screen.queryByText('Nobody knows.')]).toEqual([null, null]);
  });
});

describe('why was I told', () => {
  async function asked(prepare: (fake: Fake) => void) {
    const fake = scenario('everyday');
    const { id } = add(fake.find('c-maren'), 'u-maren', 'the lamp is out', 1_000);
    prepare(fake);
    const user = await openConversation(fake, 'c-maren');
    const shown = await waitFor(() => {
      const found = document.querySelector<HTMLElement>(`[data-testid="message"][data-id="${id}"]`);
      if (!found) throw new Error('not there yet');
      return found;
    });
    await user.pointer({ keys: '[MouseRight]', target: shown });
    await user.click(await waitFor(() => screen.getByTestId('menu-why')));
    await waitFor(() => screen.getByTestId('why'));
    return { fake, user };
  }
  const steps = () => screen.getAllByTestId('why-step').map((step) => `${step.dataset.rule} ${step.dataset.said}${step.dataset.decides === 'true' ? '!' : ''}`);

  test('each rule with what it said, and which one decided', async () => {
    await asked((fake) => {
      fake.decided_at = new Date(2026, 2, 2, 9, 30).getTime();
      fake.settings = { ...fake.settings, keywords: ['Lamp'] };
    });
    await waitFor(() => expect(steps()).toEqual(['mine nothing', 'keyword speaks!', 'mute nothing', 'do_not_disturb nothing', 'everything speaks']));
    expect(screen.getByTestId('why-verdict').textContent).toMatch(/^You were notified of this message, .*2026/);
    const decides = within(screen.getByTestId('why')).getByText('This decides.').closest('li');
    expect(decides?.textContent?.replace(/[\u2068\u2069]/g, '')).toContain('It has your word “Lamp”.');
  });

  test('what nobody remembers is said to be so; nothing is asked after who wants quiet', async () => {
    await asked((fake) => {
      fake.find('c-maren').arranged.muted_until = Date.now() + 60_000;
    });
    await waitFor(() => expect(steps()).toEqual(['mine nothing', 'keyword nothing', 'mute quiet!']));
    expect(screen.getByTestId('why-verdict').textContent).toContain('you would not be notified');
  });

  test('a message of mine has no such question, and a failure is said', async () => {
    const fake = scenario('everyday');
    const mine = add(fake.find('c-maren'), ME.user, 'my own words', 1_000);
    const theirs = add(fake.find('c-maren'), 'u-maren', 'their words', 2_000);
    const user = await openConversation(fake, 'c-maren');
    const shown = (id: string) => waitFor(() => document.querySelector<HTMLElement>(`[data-testid="message"][data-id="${id}"]`)!);
    const question = async (id: string) => {
      await user.pointer({ keys: '[MouseRight]', target: await shown(id) });
      await waitFor(() => screen.getByTestId('message-menu'));
      return screen.queryByTestId('menu-why');
    };
    expect(await question(mine.id)).toBeNull();
    fake.failNext('why_told', { code: 'message_gone', message: 'This message is no longer there.' });
    await user.click((await question(theirs.id))!);
    await waitFor(() => screen.getByText('This message is no longer there.'));
  });
});
