/** Where somebody is signed in: the list in the settings, and the page that a device shows which was signed out. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { DEVICE_NAME_CHARS_MAX } from '../src/lib/limits';
import { openPage, scenario } from './page';

async function openDevices(name = 'everyday') {
  const fake = scenario(name);
  const user = await openPage(fake);
  await user.click(await waitFor(() => screen.getByTestId('open-settings')));
  await waitFor(() => expect(lines()).toHaveLength(3));
  return { fake, user };
}

const lines = () => screen.queryAllByTestId('device');
const line = (name: string) => {
  const found = lines().find((one) => one.textContent?.includes(name));
  if (!found) throw new Error(`no device ${name}`);
  return within(found);
};

describe('the list of devices', () => {
  test('tells of each what it is and when it was here, and marks this one', async () => {
    const { fake } = await openDevices();
    expect(lines()[0]?.textContent).toMatch(/Elin's laptop.*This device.*Linux · Signed in/s);
    expect(lines()[1]?.textContent).toMatch(/Observatory, desk 3.*Windows · Signed in .*· Last seen/s);
    await waitFor(() => expect(lines()[2]?.textContent).toMatch(/Old MacBook.*macOS.*Last seen/s));
    expect(line("Elin's laptop").queryByTestId('device-sign-out')).toBeNull();
    fake.devices = fake.devices.slice(0, 1);
    fake.emit({ kind: 'devices' });
    await waitFor(() => expect(lines()).toHaveLength(1));
    expect(screen.queryByTestId('sign-out-others')).toBeNull();
  });

  test('is there offline, as it was last known, and signs nothing out', async () => {
    await openDevices('offline');
    expect(lines()[2]?.textContent).not.toContain('Last seen');
    expect(line('Old MacBook').getByTestId<HTMLButtonElement>('device-sign-out').disabled).toBe(true);
    expect(screen.getByTestId<HTMLButtonElement>('sign-out-others').disabled).toBe(true);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('gives a device another name', async () => {
    const { fake, user } = await openDevices();
    await user.click(line('Old MacBook').getByTestId('device-rename'));
    const field = await waitFor(() => screen.getByTestId<HTMLInputElement>('device-name'));
    expect(field.value).toBe('Old MacBook');
    await user.clear(field);
    expect(screen.getByTestId<HTMLButtonElement>('device-name-save').disabled).toBe(true);
    await user.paste('x'.repeat(DEVICE_NAME_CHARS_MAX + 1));
    await user.keyboard('{Enter}');
    expect(fake.called('rename_device')).toEqual([]);
    await user.clear(field);
    await user.keyboard(' Kitchen {Enter}');
    await waitFor(() => line('Kitchen'));
    expect(screen.queryByTestId('rename-device')).toBeNull();
  });

  test('asks before it signs one out, or all others', async () => {
    const { fake, user } = await openDevices();
    await user.click(line('Old MacBook').getByTestId('device-sign-out'));
    await waitFor(() => screen.getByText(/Sign out .*Old MacBook/));
    await user.click(screen.getByText('Cancel'));
    expect(fake.called('sign_out_device')).toEqual([]);
    await user.click(line('Old MacBook').getByTestId('device-sign-out'));
    await user.click(await waitFor(() => screen.getByTestId('device-sign-out-go')));
    await waitFor(() => expect(lines()).toHaveLength(2));
    expect(fake.called('sign_out_device')).toEqual([{ device: 'd-old' }]);
    await user.click(screen.getByTestId('sign-out-others'));
    await user.click(await waitFor(() => screen.getByTestId('device-sign-out-go')));
    await waitFor(() => expect(lines()).toHaveLength(1));
    expect(fake.called('sign_out_others')).toHaveLength(1);
  });

  test('says why a device could not be signed out', async () => {
    const { fake, user } = await openDevices();
    fake.failNext('sign_out_device', { code: 'unreachable', message: 'The server does not answer.' });
    await user.click(line('Old MacBook').getByTestId('device-sign-out'));
    await user.click(await waitFor(() => screen.getByTestId('device-sign-out-go')));
    await waitFor(() => screen.getByText('The server does not answer.'));
    expect(lines()).toHaveLength(3);
  });
});

test('who was signed out from another device is told from which, and that nothing is lost', async () => {
  const { fake } = await openDevices();
  const { phase } = fake;
  if (phase.kind !== 'ready') throw new Error(phase.kind);
  // What the settings still ask for while everything is being closed is nobody's trouble.
  fake.failNext('list_coverage', { code: 'not_signed_in', message: 'Sign in first.' });
  fake.backfill = { complete: 0, conversations: 0, messages: 0 };
  const asked = () => fake.called('list_coverage').length;
  const before = asked();
  fake.tellStatus();
  await waitFor(() => expect(asked()).toBeGreaterThan(before));
  fake.setPhase({ kind: 'sign_in', server: phase.server, returning: phase.me, reason: { kind: 'signed_out', by: 'Old MacBook' } });
  await waitFor(() => screen.getByTestId('returning'));
  expect(screen.getByRole('status').textContent).toMatch(/signed out.*Old MacBook.*kept on this computer/s);
  expect(lines()).toHaveLength(0);
  expect(screen.queryByText('Sign in first.')).toBeNull();
});
