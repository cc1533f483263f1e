/** Signing up where not everybody may. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { AccountRules, Server } from '../src/lib/backend';
import type { Fake } from '../src/lib/backend/fake/fake';
import { findings } from './axe';
import { openPage, scenario } from './page';

const LINK = `hearth://sign-up/northlight.example.org:7380/${'s'.repeat(43)}`;

function on({ invite = null, needs_set_up = false, ...rules }: Partial<AccountRules> & Partial<Pick<Server, 'invite' | 'needs_set_up'>>): Fake {
  const fake = scenario('sign_in');
  if (fake.phase.kind !== 'sign_in') throw new Error(fake.phase.kind);
  fake.phase = { ...fake.phase, server: { ...fake.phase.server, invite, needs_set_up, accounts: { ...fake.phase.server.accounts, ...rules } } };
  return fake;
}

const field = (testid: string) => screen.getByTestId<HTMLInputElement>(testid);

async function fill(user: Awaited<ReturnType<typeof openPage>>) {
  await user.type(field('username'), 'elin');
  await user.type(field('first-name'), 'Elin');
  await user.type(field('password'), 'correct horse battery');
  await user.type(field('password-again'), 'correct horse battery');
}

describe('by invitation', () => {
  test('asks for it, and says at its field what is wrong', async () => {
    const fake = scenario('invited');
    const user = await openPage(fake);
    await user.click(screen.getByTestId('to-sign-up'));
    await waitFor(() => screen.getByTestId('invite'));
    expect(await findings()).toEqual([]);
    await fill(user);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(field('invite').getAttribute('aria-invalid')).toBe('true'));
    expect(document.activeElement).toBe(field('invite'));
    expect(fake.called('sign_up')).toEqual([]);
    fake.failNext('sign_up', { code: 'invite_required', message: 'This invitation is not good any more.' });
    await user.keyboard(' old{Enter}');
    await waitFor(() => expect(document.getElementById(field('invite').getAttribute('aria-describedby') ?? '')?.textContent).toContain('not good any more'));
    expect(field('username').value).toBe('elin');
    await user.clear(field('invite'));
    await user.keyboard(`${LINK}{Enter}`);
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_up').map(({ invite }) => invite)).toEqual(['old', LINK]);
  });

  test('that came with the link stands there, and the page begins with signing up', async () => {
    const fake = on({ sign_up: 'invited', invite: LINK });
    const user = await openPage(fake);
    await waitFor(() => screen.getByTestId('sign-up-go'));
    expect(field('invite').value).toBe(LINK);
    await fill(user);
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_up')[0]?.invite).toBe(LINK);
  });

  test('is asked for when the server says so only then', async () => {
    const fake = on({});
    const user = await openPage(fake);
    await user.click(screen.getByTestId('to-sign-up'));
    await fill(user);
    expect(screen.queryByTestId('invite')).toBeNull();
    fake.failNext('sign_up', { code: 'invite_required', message: 'This server takes people who were invited.' });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(field('invite')));
  });

  test('counts for who comes by a provider as well', async () => {
    const fake = on({ sign_up: 'invited' });
    fake.ways.providers = [{ id: 'example', name: 'Example' }];
    const user = await openPage(fake);
    await user.click(await waitFor(() => screen.getByTestId('provider')));
    await waitFor(() => screen.getByTestId('provider-cancel'));
    fake.visit?.comesBack({ kind: 'new', person: { username: 'elin', first_name: 'Elin', last_name: '', known_as: null } });
    await waitFor(() => screen.getByTestId('invite'));
    await user.click(screen.getByTestId('provider-sign-up'));
    await waitFor(() => expect(document.activeElement).toBe(field('invite')));
    expect(fake.called('sign_up_by_provider')).toEqual([]);
    await user.keyboard('s3cret{Enter}');
    await waitFor(() => screen.getByTestId('main'));
    expect(fake.called('sign_up_by_provider')[0]?.invite).toBe('s3cret');
  });
});

test('an invitation counts more than the domain of an address', async () => {
  const fake = on({ mail_domains: ['northlight.example'], invite: LINK });
  const user = await openPage(fake);
  await waitFor(() => screen.getByTestId('sign-up-go'));
  expect(document.getElementById(field('email').getAttribute('aria-describedby') ?? '')?.textContent).not.toContain('northlight');
  await fill(user);
  await user.keyboard('{Enter}');
  await waitFor(() => screen.getByTestId('main'));
  expect(fake.called('sign_up')[0]).toMatchObject({ email: null, invite: LINK });
});

test('a server that takes nobody offers no sign-up, and says so', async () => {
  await openPage(scenario('closed'));
  expect(screen.getByTestId('sign-up-closed').textContent).toBe('This server takes no new people.');
  expect(screen.queryByTestId('to-sign-up')).toBeNull();
  expect(await findings()).toEqual([]);
});

test('the first account is made all the same', async () => {
  const fake = on({ sign_up: 'closed', needs_set_up: true });
  await openPage(fake);
  screen.getByTestId('sign-up-go');
  expect(screen.queryByTestId('invite')).toBeNull();
});

test('the domains of addresses stand at the field', async () => {
  const user = await openPage(on({ mail_domains: ['northlight.example', 'school.example'] }));
  await user.click(screen.getByTestId('to-sign-up'));
  const help = document.getElementById(field('email').getAttribute('aria-describedby') ?? '');
  expect(help?.textContent).toContain('An address of @northlight.example, @school.example.');
  await fill(user);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement).toBe(field('email')));
  expect(field('email').getAttribute('aria-invalid')).toBe('true');
});
