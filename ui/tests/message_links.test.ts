/** Links to messages: copied, opened in their place, or said why not. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Fake } from '../src/lib/backend/fake/fake';
import { linkTo } from '../src/lib/message_link';
import { session } from '../src/state/session.svelte';
import { goTo, view } from '../src/state/view.svelte';
import { openConversation, openPage, scenario, settled } from './page';

function server() {
  if (session.phase?.kind !== 'ready') throw new Error('nobody is signed in');
  return session.phase.server;
}

const link = (conversation: string, message: string) => linkTo(server(), conversation, message);
const first = (fake: Fake, conversation: string) => fake.find(conversation).messages[0]?.id ?? '';
const isLit = (id: string) => document.querySelector(`[data-testid="message"][data-id="${id}"]`)?.classList.contains('hit') === true;
const code = () => screen.getAllByTestId('problem').at(-1)?.dataset.code ?? null;

describe('links to messages', () => {
  test('name the server as it is named to others, with its fingerprint', () => {
    const rules = { email: 'optional', mail: true, password_chars_min: 10, sign_up: 'open', mail_domains: [] } as const;
    const about = { name: '', embedded: false, needs_set_up: false, accounts: { ...rules, mail_domains: [] }, invite: null };
    const at = (address: string, connect_link: string) => linkTo({ ...about, address, connect_link }, 'c', 'm');
    expect(at('a.example:7380', 'hearth://connect/a.example:7380')).toBe('hearth://message/a.example:7380/c/m');
    expect(at('[fe80::1]:9', 'hearth://connect/[fe80::1]:9#sha256=ab')).toBe('hearth://message/[fe80::1]:9/c/m#sha256=ab');
    expect(at('127.0.0.1:443', 'https://127.0.0.1:443')).toBe('hearth://message/127.0.0.1:443/c/m');
  });

  test('are copied by the menu and by a key', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const message = screen.getAllByTestId('message')[0] as HTMLElement;
    const wanted = link('c-maren', message.dataset.id ?? '');
    await user.pointer({ target: message, keys: '[MouseRight]' });
    await user.click(within(screen.getByTestId('message-menu')).getByTestId('menu-link'));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(wanted));
    const other = screen.getAllByTestId('message')[1] as HTMLElement;
    other.focus();
    await user.keyboard('l');
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(link('c-maren', other.dataset.id ?? '')));
  });

  test('in a text lead to the message in its place', async () => {
    const fake = scenario('everyday');
    const user = await openConversation(fake, 'c-maren');
    const target = first(fake, 'c-noor');
    fake.receive('c-maren', 'u-maren', `look: ${link('c-noor', target)}`);
    const anchor = await waitFor(() => {
      const found = document.querySelector<HTMLElement>('a[href^="hearth://message/"]');
      if (!found) throw new Error('no link');
      return found;
    });
    await user.click(anchor);
    await waitFor(() => expect(screen.getByTestId('timeline').dataset.conversation).toBe('c-noor'));
    await waitFor(() => expect(isLit(target)).toBe(true));
  });

  test('from outside and pasted into the switcher lead there too', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    const target = first(fake, 'c-noor');
    fake.emit({ kind: 'message_link', link: link('c-noor', target) });
    await waitFor(() => expect(view.conversation).toBe('c-noor'));
    await waitFor(() => expect(isLit(target)).toBe(true));
    goTo.conversation('c-maren');
    await settled();
    await user.keyboard('{Control>}k{/Control}');
    const field = await waitFor(() => screen.getByTestId('switcher-query'));
    await user.click(field);
    await user.paste(link('c-noor', target));
    expect(within(screen.getByTestId('switcher')).getAllByRole('option')).toHaveLength(1);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(view.conversation).toBe('c-noor'));
    expect(fake.called('search')).toHaveLength(0);
  });

  test('pasted into the search lead there as well', async () => {
    const fake = scenario('everyday');
    const user = await openPage(fake);
    goTo.search('');
    await user.click(await waitFor(() => screen.getByTestId('search-query')));
    await user.paste(link('c-noor', first(fake, 'c-noor')));
    await user.click(await waitFor(() => screen.getByTestId('search-link')));
    await waitFor(() => expect(view.conversation).toBe('c-noor'));
    expect(view.place).toBe('conversations');
  });

  test('that lead nowhere say why, and nothing moves', async () => {
    const fake = scenario('everyday');
    await openConversation(fake, 'c-maren');
    const target = first(fake, 'c-noor');
    const good = link('c-noor', target);
    for (const [bad, why] of [
      [good.replace(server().address, 'elsewhere.example:7380'), 'other_server'],
      [good.replace('c-noor', 'c-strangers'), 'not_a_member'],
      [good.replace(target, 'm-nothing'), 'message_gone'],
    ] as const) {
      fake.emit({ kind: 'message_link', link: bad });
      await waitFor(() => expect(code()).toBe(why));
      expect(view.conversation).toBe('c-maren');
    }
  });

  test('that was opened before anybody was signed in waits', async () => {
    const fake = scenario('everyday');
    await openPage(fake);
    const [wanted, ready] = [link('c-noor', first(fake, 'c-noor')), fake.phase];
    if (ready.kind !== 'ready') throw new Error('nobody is signed in');
    fake.setPhase({ kind: 'sign_in', server: ready.server, returning: null, reason: null });
    fake.emit({ kind: 'message_link', link: wanted });
    await settled();
    expect(fake.called('find_message')).toHaveLength(0);
    fake.setPhase(ready);
    await waitFor(() => expect(view.conversation).toBe('c-noor'));
  });
});
