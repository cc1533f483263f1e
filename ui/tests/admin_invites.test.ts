/** Invitations to the server, and the log of what was done. */
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { BROKEN, REFUSED, choose, disabled, openAdmin, tabTo } from './admin';
import { findings } from './axe';
import { standingOf } from '../src/lib/backend/fake/roles';
import { ME, person } from '../src/lib/backend/fake/model';
import { settled } from './page';

describe('an invitation', () => {
  test('is made for a role, a time and a number of people, shown once, copied, listed and revoked', async () => {
    const { fake, user } = await openAdmin('invites');
    await waitFor(() => screen.getByTestId('admin-invite-none'));
    expect(await findings()).toEqual([]);
    choose('admin-invite-role', 'guest');
    choose('admin-invite-lives', '24');
    choose('admin-invite-uses', '10');
    await tabTo(user, 'admin-invite-make');
    await user.keyboard('{Enter}');
    const link = await waitFor(() => screen.getByTestId('admin-invite-link'));
    expect(link.textContent).toMatch(/^hearth:\/\/sign-up\/northlight\.example\.org:7380\//);
    expect(fake.called('admin_create_invite')).toEqual([{ role: 'guest', lives_ms: 86_400_000, uses: 10 }]);
    await waitFor(() => expect(screen.getByTestId('admin-invite-line').textContent).toMatch(/10 more people, as Guest.*made by Elin Brandt/s));
    expect(await findings()).toEqual([]);
    await tabTo(user, 'admin-invite-link-copy');
    await user.keyboard('{Enter}');
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe(link.textContent));
    await tabTo(user, 'admin-invite-revoke');
    await user.keyboard('{Enter}');
    await waitFor(() => screen.getByTestId('admin-invite-none'));
    expect(screen.queryByTestId('admin-invite-link')).toBeNull();
  });

  test('makes nobody an admin, and says who made it where that was the owner', async () => {
    await openAdmin('invites', (fake) => (fake.admin.invites = [{ id: 'i', role: 'member', made_by: null, created_at: 1, expires_at: 2, uses_left: 1 }]));
    await waitFor(() => expect(screen.getByTestId('admin-invite-line').textContent).toContain("The owner at the server's computer"));
    expect([...screen.getByTestId<HTMLSelectElement>('admin-invite-role').options].map(({ value }) => value)).toEqual(['member', 'guest']);
  });

  test('that cannot be made says why; without a connection none is', async () => {
    const { fake, user } = await openAdmin('invites');
    await waitFor(() => screen.getByTestId('admin-invite-none'));
    choose('admin-invite-uses', '100');
    fake.failNext('admin_create_invite', BROKEN);
    await user.click(screen.getByTestId('admin-invite-make'));
    await waitFor(() => screen.getByText(BROKEN.message));
    fake.goOffline();
    await waitFor(() => expect(disabled('admin-invite-make')).toBe(true));
    expect(screen.getByTestId<HTMLSelectElement>('admin-invite-uses').value).toBe('100');
  });

  test.each([
    ['admin-failed', BROKEN],
    ['admin-refused', REFUSED],
  ])('the list does not come: %s', async (state, problem) => {
    await openAdmin('invites', (fake) => fake.failNext('admin_invites', problem));
    await waitFor(() => screen.getByTestId(state));
  });
});

describe('the audit log', () => {
  const entries = () => screen.queryAllByTestId('audit-entry').map((entry) => entry.textContent ?? '');
  const maren = person('maren', 'Maren Solberg');

  test('says in sentences who did what to whom', async () => {
    await openAdmin('audit', ({ admin }) => {
      admin.audit = [];
      admin.log(ME, null, { kind: 'found' }, 1);
      admin.log(ME, maren, { kind: 'give_role', from: { role: 'member', name: '' }, to: { role: 'r', name: 'Helper' } }, 2);
      admin.log(ME, maren, { kind: 'deactivate' }, 3);
      admin.log(null, maren, { kind: 'deactivate' }, 4);
      admin.log(maren, maren, { kind: 'deactivate' }, 5);
      admin.log(maren, maren, { kind: 'reactivate' }, 6);
      admin.log(ME, { ...maren, name: '', username: '' }, { kind: 'make_reset' }, 7);
      admin.log(ME, null, { kind: 'create_role', name: 'Helper', permissions: ['find_people', 'manage_people'] }, 8);
      admin.log(ME, null, { kind: 'change_role', before: 'Helper', name: 'Aid', permissions: [] }, 9);
      admin.log(ME, null, { kind: 'create_invite', role: { role: 'guest', name: '' }, uses: 1 }, 10);
      admin.log(ME, null, { kind: 'unknown' }, 11);
    });
    await waitFor(() => expect(entries()).toHaveLength(11));
    const said = entries().reverse();
    const starts = [
      'Elin Brandt founded the server.',
      'Elin Brandt gave Maren Solberg the role Helper instead of Member.',
      'Elin Brandt deactivated the account of Maren Solberg.',
      "The owner at the server's computer deactivated the account of Maren Solberg.",
      'Maren Solberg deactivated their own account.',
      'Maren Solberg turned their own account on again',
      'Elin Brandt made a code with which Deleted account can choose a new password.',
      'Elin Brandt created the role Helper. It allows: Find people, Manage people',
      'Elin Brandt changed the role Helper, which is called Aid now. It allows: nothing',
      'Elin Brandt made an invitation for 1 person, as Guest.',
      'Elin Brandt did something that this version of Hearth has no words for.',
    ];
    starts.forEach((start, at) => expect(said[at]?.replace(/\s+/g, ' ').trim()).toContain(start));
    expect(await findings()).toEqual([]);
  });

  test('says of settings what they were and are', async () => {
    const { fake } = await openAdmin('audit', ({ admin }) => {
      const json = JSON.stringify;
      const limits = { ...admin.settings.limits, pictures: { burst: 1, per_minute: 2 } };
      admin.log(ME, null, {
        kind: 'change_settings',
        changes: [
          { setting: 'sign_up', from: json('open'), to: json('invited') },
          { setting: 'retention_days', from: json(null), to: json(30) },
          { setting: 'mail_domains', from: json([]), to: json(['a.example', 'b.example']) },
          { setting: 'limits', from: json(admin.settings.limits), to: json(limits) },
          { setting: 'name', from: 'no JSON', to: 'nor this' },
        ],
      }, 5);
    });
    await waitFor(() => expect(entries()).toHaveLength(fake.admin.audit.length));
    const said = entries()[0]?.replace(/\s+/g, ' ');
    for (const words of ['Who may sign up: Who has an invitation, before Everybody', 'Days that messages are kept: 30 days, before for ever', 'Domains of addresses: a.example, b.example, before any', 'Uploads of pictures, by a person: 1 at once, 2 a minute, before 10 at once, 5 a minute', 'Name of the server: nor this, before no JSON']) {
      expect(said).toContain(words);
    }
    expect(said).not.toContain('Searches for people');
  });

  test('goes on with a wish for more, where the next page begins', async () => {
    const { user } = await openAdmin('audit', ({ admin }) => {
      admin.page = 3;
      for (let i = 0; i < 4; i += 1) admin.log(ME, maren, { kind: 'sign_out_everywhere' }, i);
    });
    await waitFor(() => expect(entries()).toHaveLength(3));
    await tabTo(user, 'audit-more');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(entries()).toHaveLength(5));
    expect(document.activeElement).toBe(screen.getAllByTestId('audit-entry')[3]);
    expect(screen.queryByTestId('audit-more')).toBeNull();
  });

  test('may be empty, fail, be refused, or wait for a connection', async () => {
    const { fake } = await openAdmin('audit', ({ admin }) => (admin.audit = []));
    await waitFor(() => screen.getByTestId('audit-none'));
    for (const [state, problem] of [['admin-failed', BROKEN], ['admin-refused', REFUSED]] as const) {
      fake.goOffline();
      await waitFor(() => screen.getByTestId('admin-offline'));
      fake.failNext('admin_audit', problem);
      fake.setConnection({ kind: 'live' });
      await waitFor(() => screen.getByTestId(state));
    }
  });
});

test('what my role does not allow is no tab; what it does not allow any more goes while one looks', async () => {
  const { fake } = await openAdmin('audit');
  expect(screen.getAllByRole('tab')).toHaveLength(5);
  fake.standing = standingOf('r', ['invite_to_server'], 'Host');
  fake.emit({ kind: 'people' });
  await waitFor(() => expect(screen.getAllByRole('tab')).toHaveLength(1));
  await waitFor(() => screen.getByTestId('admin-invite-none'));
  fake.standing = standingOf('member');
  fake.emit({ kind: 'people' });
  await waitFor(() => screen.getByTestId('admin-refused'));
  await settled();
  expect(screen.queryAllByRole('tab')).toHaveLength(0);
});

test('the tabs are walked in the direction in which one reads, and end where they begin', async () => {
  const { user } = await openAdmin('people');
  const on = () => (document.activeElement as HTMLElement).dataset.testid;
  await user.keyboard('{ArrowLeft}');
  expect(on()).toBe('tab-audit');
  await user.keyboard('{Home}');
  expect(on()).toBe('tab-people');
  await user.keyboard('{End}');
  expect(on()).toBe('tab-audit');
  screen.getByRole('tablist').style.direction = 'rtl';
  await user.keyboard('{ArrowRight}');
  expect(on()).toBe('tab-invites');
  screen.getByRole('tablist').style.direction = '';
});
