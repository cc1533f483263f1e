/** The list by group: heads with what is unread, folded by click and keys, as it was left on this computer. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { makeGroup } from '../src/lib/backend/fake/groups';
import { ME, channel } from '../src/lib/backend/fake/model';
import { sayUnder } from '../src/lib/backend/fake/threads';
import { view } from '../src/state/view.svelte';
import { findings } from './axe';
import { openPage, row, scenario, settled } from './page';

const heads = () => screen.queryAllByTestId('list-section');
const names = () => screen.queryAllByTestId('conversation-row').map((line) => line.dataset.name);
/** Heads and lines as they stand below each other. */
const rows = () => [...document.querySelectorAll<HTMLElement>('[data-testid=list-section], [data-testid=conversation-row]')].map(({ dataset }) => dataset.name);

function head(name: string): HTMLElement {
  const found = heads().find(({ dataset }) => dataset.name === name);
  if (!found) throw new Error(`no section ${name}`);
  return found;
}

const isFolded = (name: string) => head(name).getAttribute('aria-expanded') === 'false';
const idOf = (fake: Fake, name: string) => fake.groups.find((group) => group.name === name)?.id ?? null;

async function openByGroup(change: (fake: Fake) => void = () => {}) {
  const fake = scenario('groups');
  fake.settings = { ...fake.settings, list_by_group: true };
  change(fake);
  const user = await openPage(fake);
  await waitFor(() => expect(heads().length).toBeGreaterThan(0));
  return { fake, user };
}

describe('the list by group', () => {
  test('has what is of no group first, then the groups by name, and no name of a group twice', async () => {
    await openByGroup();
    expect(heads().map(({ dataset }) => dataset.name)).toEqual(['Outside groups', 'Amateur astronomers', 'Garden', 'Northlight Observatory']);
    expect(rows()[0]).toBe('Outside groups');
    expect(rows().slice(rows().indexOf('Amateur astronomers'))).toEqual(['Amateur astronomers', 'evenings', 'Garden', 'tools', 'Northlight Observatory', 'plans', 'budget']);
    expect((await row('c-tools')).textContent).not.toContain('Garden');
    expect(await findings()).toEqual([]);
  });

  test('is chosen over the list or in the settings, and left again', async () => {
    const fake = scenario('groups');
    const user = await openPage(fake);
    expect((await row('c-tools')).textContent).toContain('Garden');
    expect(heads()).toEqual([]);
    await user.click(screen.getByTestId('list-by-group'));
    await waitFor(() => expect(heads()).toHaveLength(4));
    expect(fake.settings.list_by_group).toBe(true);
    expect(screen.getByTestId('list-by-group').getAttribute('aria-pressed')).toBe('true');
    await user.click(screen.getByTestId('open-settings'));
    await user.click(await waitFor(() => screen.getByTestId('set-list-by-group')));
    await waitFor(() => expect(fake.settings.list_by_group).toBe(false));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(heads()).toEqual([]));
    await row('c-tools');
  });

  test('is folded by a click, and stays so when the app opens again', async () => {
    const { fake, user } = await openByGroup();
    await user.click(head('Garden'));
    await waitFor(() => expect(names()).not.toContain('tools'));
    expect(isFolded('Garden')).toBe(true);
    expect(fake.settings.folded_sections).toEqual([idOf(fake, 'Garden')]);
    document.body.replaceChildren();
    await openPage(fake);
    await waitFor(() => expect(heads()).toHaveLength(4));
    expect([isFolded('Garden'), isFolded('Northlight Observatory')]).toEqual([true, false]);
    expect(names()).not.toContain('tools');
    expect(fake.called('list_sections').at(-1)?.folded).toEqual([idOf(fake, 'Garden')]);
    expect(await findings()).toEqual([]);
  });

  test('is open again where that could not be kept', async () => {
    const { fake, user } = await openByGroup();
    fake.failNext('set_settings', { code: 'disk_full', message: 'The disk is full.' });
    await user.click(head('Garden'));
    await waitFor(() => expect(screen.getByText('The disk is full.')).toBeTruthy());
    expect(isFolded('Garden')).toBe(false);
    await row('c-tools');
  });

  test('folds and unfolds by the keys along the line, which lead in and out as well', async () => {
    const { fake, user } = await openByGroup();
    head('Garden').focus();
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(isFolded('Garden')).toBe(true));
    expect(document.activeElement).toBe(head('Garden'));
    await user.keyboard('{ArrowLeft}');
    await settled();
    expect(isFolded('Garden'), 'it is folded already').toBe(true);
    await user.keyboard('{ArrowRight}');
    await row('c-tools');
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.id).toBe('c-tools'));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(document.activeElement).toBe(head('Garden')));
    await user.keyboard('{ArrowDown}{ArrowDown}');
    await waitFor(() => expect(document.activeElement).toBe(head('Northlight Observatory')));
    expect(fake.settings.folded_sections).toEqual([]);
  });

  test('folds the other way round where the language runs the other way', async () => {
    const { fake, user } = await openByGroup((fake) => {
      fake.settings = { ...fake.settings, language: 'ar' };
    });
    head('Garden').focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(isFolded('Garden')).toBe(true));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(isFolded('Garden')).toBe(false));
    fake.emit({ kind: 'settings', settings: { ...fake.settings, language: null } });
    await settled();
  });

  test('says at each head what is unread there, folded or not, but for what is muted', async () => {
    const { fake } = await openByGroup((fake) => {
      fake.settings = { ...fake.settings, folded_sections: [idOf(fake, 'Garden')] };
      for (const id of ['c-tools', 'c-plans', 'c-budget']) fake.find(id).read_pos = fake.find(id).messages.length;
    });
    const unread = (name: string) => within(head(name)).queryByTestId('section-unread')?.firstElementChild?.textContent ?? null;
    expect(unread('Garden')).toBeNull();
    fake.receive('c-tools', 'u-noor', 'the rake is gone');
    fake.receive('c-tools', 'u-noor', 'here it is');
    fake.receive('c-plans', 'u-maren', 'on Friday');
    await waitFor(() => expect([unread('Garden'), unread('Northlight Observatory')]).toEqual(['2', '1']));
    expect(within(head('Garden')).queryByTestId('section-mentions')).toBeNull();
    fake.find('c-tools').mentions = 1;
    fake.find('c-plans').arranged.muted_until = Number.MAX_SAFE_INTEGER;
    fake.changed('c-tools');
    await waitFor(() => expect(unread('Northlight Observatory')).toBeNull());
    within(head('Garden')).getByTestId('section-mentions');
    expect(within(head('Garden')).queryByTestId('section-asides')).toBeNull();
    const root = fake.find('c-tools').messages.at(-1);
    if (!root) throw new Error('nothing was said');
    root.under = { messages: [], following: true, read: 0 };
    sayUnder(fake, 'c-tools', root.id, 'u-noor', 'in the shed');
    await waitFor(() => within(head('Garden')).getByTestId('section-asides'));
  });

  test('lets Alt and the arrows pass over what is folded', async () => {
    const { user } = await openByGroup((fake) => {
      fake.settings = { ...fake.settings, folded_sections: [null, idOf(fake, 'Garden')] };
    });
    for (const id of ['c-evenings', 'c-plans', 'c-budget', 'c-budget']) {
      await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
      expect(view.conversation).toBe(id);
      await settled();
    }
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(view.conversation).toBe('c-plans');
  });

  test('is stepped into with Shift as well, folded or not: to what is unread, also in a thread', async () => {
    const { fake, user } = await openByGroup((fake) => {
      fake.settings = { ...fake.settings, folded_sections: [idOf(fake, 'Garden')] };
      for (const conversation of fake.conversations) conversation.read_pos = conversation.messages.length;
      fake.receive('c-tools', 'u-noor', 'the rake is gone');
      sayUnder(fake, 'c-plans', fake.find('c-plans').messages.find(({ sender }) => sender === ME.user)?.id ?? '', 'u-maren', 'by car');
    });
    const step = (arrow: 'Down' | 'Up') => user.keyboard(`{Alt>}{Shift>}{Arrow${arrow}}{/Shift}{/Alt}`);
    await step('Down');
    await waitFor(() => expect(view.conversation).toBe('c-tools'));
    const all = () => fake.find('c-tools').messages.length;
    await waitFor(() => expect(fake.find('c-tools').read_pos).toBe(all()), { timeout: 2_000 });
    await step('Down');
    await waitFor(() => expect(view.conversation, 'from what is read by now').toBe('c-plans'));
    fake.receive('c-tools', 'u-noor', 'here it is');
    await step('Up');
    await waitFor(() => expect(view.conversation).toBe('c-tools'));
  });

  test('keeps what is being read among the unread, with its head', async () => {
    const { fake, user } = await openByGroup((fake) => {
      fake.receive('c-tools', 'u-noor', 'the rake is gone');
    });
    await user.click(screen.getByTestId('filter-unread'));
    await user.click(await row('c-tools'));
    const all = () => fake.find('c-tools').messages.length;
    await waitFor(() => expect(fake.find('c-tools').read_pos).toBe(all()), { timeout: 2_000 });
    await settled();
    expect(rows().slice(rows().indexOf('Garden'), rows().indexOf('Garden') + 2)).toEqual(['Garden', 'tools']);
  });

  test('has no heads where nothing is of a group', async () => {
    const fake = scenario('everyday');
    fake.settings = { ...fake.settings, list_by_group: true };
    await openPage(fake);
    await row('c-maren');
    expect(heads()).toEqual([]);
  });

  test('of folded sections alone is not empty', async () => {
    const { fake } = await openByGroup((fake) => {
      fake.settings = { ...fake.settings, folded_sections: [null, ...fake.groups.map(({ id }) => id)] };
    });
    expect(names()).toEqual([]);
    expect(screen.queryByTestId('list-empty')).toBeNull();
    expect(fake.conversations.length).toBeGreaterThan(0);
    expect(screen.queryByText('No conversations yet')).toBeNull();
  });

  test('leaves the newest conversations to the switcher', async () => {
    const { fake, user } = await openByGroup((fake) => {
      fake.settings = { ...fake.settings, folded_sections: [idOf(fake, 'Garden')] };
      fake.receive('c-tools', 'u-noor', 'the rake is gone');
    });
    await user.keyboard('{Control>}k{/Control}');
    const choice = await waitFor(() => screen.getByTestId('switcher'));
    await waitFor(() => expect(choice.textContent).toContain('# tools'));
    expect(fake.called('list_conversations').at(-1)).toEqual({ filter: 'all', order: 'newest', limit: 7 });
  });

  test('draws and asks for no more of 2,000 conversations than is looked at', async () => {
    const { fake } = await openByGroup((fake) => {
      for (let i = 0; i < 20; i += 1) {
        const group = makeGroup(fake, { name: `Group ${String(i).padStart(2, '0')}` });
        for (let n = 0; n < 100; n += 1) fake.conversations.push(channel(group.id, `${i}-${n}`, `channel ${n}`));
      }
    });
    expect(new Set(fake.called('list_sections').map(({ limit }) => limit))).toEqual(new Set([200]));
    expect(rows().length).toBeLessThanOrEqual(50);
  });
});
