import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, waitFor } from '@testing-library/svelte';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { moved } from '../src/features/emoji/grid';
import { language, latinDigits, listed, numbered, ownName, speak, spokenTag, systemLanguage } from '../src/lib/language.svelte';
import { clock, clockHours, dateOf } from '../src/lib/time';
import { t } from '../src/lib/words';
import { findings } from './axe';
import { messages, openConversation, openPage, scenario } from './page';

/** What a language says for a key, out of its files. */
function says(tag: string, key: string): string {
  const bundle = new FluentBundle(tag, { useIsolating: false });
  for (const file of ['page.ftl', 'problems.ftl']) bundle.addResource(new FluentResource(readFileSync(join(__dirname, '../../locales', tag, file), 'utf8')));
  const value = bundle.getMessage(key)?.value;
  if (!value) throw new Error(`no ${key} in ${tag}`);
  return bundle.formatPattern(value);
}

async function openSettings() {
  const fake = scenario('everyday');
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  return { fake, user, select: await waitFor(() => screen.getByTestId<HTMLSelectElement>('set-language')) };
}

afterEach(() => void speak('en'));

describe('the language', () => {
  test('is chosen by its own name, and everything is said in it at once', async () => {
    const { fake, user, select } = await openSettings();
    expect([...select.options].map(({ textContent }) => textContent)).toEqual(expect.arrayContaining(['English', 'العربية', '日本語']));
    expect(document.documentElement.dir).toBe('ltr');
    await user.selectOptions(select, 'ar');
    await waitFor(() => expect(document.documentElement.lang).toBe('ar'));
    expect(document.documentElement.dir).toBe('rtl');
    const words = says('ar', 'settings-language-text');
    expect(words).not.toBe(says('en', 'settings-language-text'));
    await waitFor(() => screen.getByText(words));
    // What was made once speaks it too: the parts of the page, and what can be chosen.
    expect(screen.getByTestId('settings-page').textContent).toContain(says('ar', 'settings-language'));
    expect(screen.getByTestId('set-density').textContent).toContain(says('ar', 'density-comfortable'));
    expect(screen.getByTestId('set-language')).toBe(select);
    expect(fake.settings.language).toBe('ar');
    expect(fake.called('set_language').at(-1)).toEqual({ language: spokenTag(), hours: clockHours() });
    expect(spokenTag()).toMatch(/^ar-u-nu-(arab|latn)$/);
    expect(await findings()).toEqual([]);
    await user.selectOptions(select, 'ja');
    await waitFor(() => expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ja', 'ltr']));
    await user.selectOptions(select, 'system');
    await waitFor(() => expect(fake.settings.language).toBeNull());
    expect(document.documentElement.lang).toBe('en');
  });

  test('that was kept is spoken from the start, and what goes wrong is said in it', async () => {
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, language: 'ja' };
    const user = await openPage(fake);
    expect(document.documentElement.lang).toBe('ja');
    await user.click(await waitFor(() => screen.getByTestId('open-settings')));
    fake.failNext('set_settings', { code: 'disk_full', message: 'The disk is full.' });
    await user.click(await waitFor(() => screen.getByTestId('set-enter')));
    await waitFor(() => screen.getByText(says('ja', 'problem-disk-full')));
  });

  test('is what the system prefers of those that there are, with its region', () => {
    const prefers = vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['tlh', 'ar-EG', 'en']);
    expect(systemLanguage()).toBe('ar');
    expect([speak(null), language.locale, language.dir]).toEqual(['ar', 'ar-EG', 'rtl']);
    expect([speak('ja'), language.locale]).toEqual(['ja', 'ja']);
    expect(speak('tlh'), 'one without words').toBe('ar');
    prefers.mockReturnValue(['tlh']);
    expect([speak(null), language.locale]).toEqual(['en', 'en-GB']);
  });

  test('decides over dates, lists and what stands in a sentence', () => {
    const day = new Date(2026, 2, 12).getTime();
    const said = ['en', 'ja', 'ar'].map((tag) => {
      speak(tag);
      return [dateOf(day), listed(['Ada', 'Bo'])];
    });
    expect(said[0]?.[1]).toBe('Ada, Bo');
    expect(said[1]).toEqual(['2026年3月12日', 'Ada、Bo']);
    expect(said[2]).toEqual(['12 مارس 2026', 'Ada وBo']);
    // A Latin name does not turn an Arabic sentence.
    expect(t('language-system', { name: 'English' })).toContain('\u2068English\u2069');
    expect(ownName('ja')).toBe('日本語');
  });

  test('decides over digits, of which the shell is told with how each hour is written', () => {
    const prefers = vi.spyOn(navigator, 'languages', 'get');
    const speaks = (locale: string) => {
      prefers.mockReturnValue([locale]);
      speak(null);
      return [spokenTag(), numbered(1204), t('timeline-new', { count: 1204 }).replace(/[^\d٠-٩]/g, '')];
    };
    expect(speaks('ar-EG')).toEqual(['ar-u-nu-arab', '١٬٢٠٤', '١٢٠٤']);
    expect(clockHours()).toHaveLength(24);
    expect(speaks('ar-AE').slice(0, 2)).toEqual(['ar-u-nu-latn', '1,204']);
    expect(speaks('ja-JP')).toEqual(['ja-u-nu-latn', '1,204', '1204']);
    expect(clockHours()[17]).toBe('17:{minute}');
    expect(speaks('en-GB')).toEqual(['en-u-nu-latn', '1,204', '1204']);
    for (const [locale, minutes] of [['en-GB', '05'], ['en-US', '05'], ['ar-EG', '٠٥'], ['ja-JP', '05']] as const) {
      speaks(locale);
      const at = (hour: number) => new Date(2026, 0, 1, hour, 5).getTime();
      for (const hour of [0, 9, 12, 17]) {
        // Which space stands before AM is the engine's affair, and differs between its two ways of formatting.
        const plain = (text: string | undefined) => text?.replaceAll(/\s/gu, ' ');
        expect(plain(clockHours()[hour]?.replace('{minute}', minutes))).toBe(plain(clock(at(hour))));
      }
    }
    prefers.mockRestore();
  });

  test('leaves numbers to be typed in the digits of any keyboard', () => {
    expect(latinDigits('١٢٣٤ ۵۶۷۸ ９０ a1')).toBe('1234 5678 90 a1');
  });

  test('counts what waits in its own digits', async () => {
    const prefers = vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['ar-EG']);
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, language: null };
    await openPage(fake);
    fake.emit({ kind: 'status', status: { ...fake.status(), outbox: 12 } });
    await waitFor(() => expect(screen.getByTestId('outbox-count').textContent).toContain('١٢'));
    prefers.mockRestore();
  });

  test('turns the arrows of the emoji round', () => {
    expect([moved([9], 3, 'ArrowLeft', 'rtl'), moved([9], 3, 'ArrowRight', 'rtl')]).toEqual([4, 2]);
  });
});

describe('the density', () => {
  test('is kept, and shown at once', async () => {
    const { fake, user } = await openSettings();
    expect(document.documentElement.dataset.density).toBe('comfortable');
    await user.selectOptions(screen.getByTestId('set-density'), 'compact');
    await waitFor(() => expect(fake.settings.density).toBe('compact'));
    expect(document.documentElement.dataset.density).toBe('compact');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.querySelector('[data-testid=conversation-row] .avatar')?.classList).toContain('size-32'));
    fake.emit({ kind: 'settings', settings: { ...fake.settings, density: 'comfortable' } });
    await waitFor(() => expect(document.querySelector('[data-testid=conversation-row] .avatar')?.classList).toContain('size-40'));
  });

  test('compact is one column in which everybody has a face and a name', async () => {
    const fake = scenario('everyday');
    const direct = fake.conversations.find(({ kind }) => kind === 'direct');
    if (!direct) throw new Error('no direct conversation');
    await openConversation(fake, direct.id);
    const faces = () => messages().filter((message) => message.querySelector('.avatar')).length;
    expect(faces()).toBe(0);
    fake.emit({ kind: 'settings', settings: { ...fake.settings, density: 'compact' } });
    await waitFor(() => expect(faces()).toBe(messages().filter((message) => message.classList.contains('first')).length));
    expect(messages().some((message) => message.dataset.mine === 'true' && message.querySelector('.name') !== null)).toBe(true);
  });
});
