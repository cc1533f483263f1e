/** The fake's devices: this one, and where else the person is signed in. */
import type { Commands } from '../commands';
import type { DeviceView, Problem } from '../types';
import type { Fake } from './fake';

type Names = 'list_devices' | 'refresh_devices' | 'rename_device' | 'sign_out_device' | 'sign_out_others';
type DeviceHandlers = { [K in Names]: (args: Parameters<Commands[K]>[0] & object) => ReturnType<Commands[K]> };

const OFFLINE: Problem = { code: 'offline', message: 'This needs the server, and it cannot be reached now. Try again when you are back online.' };
const HOUR_MS = 3_600_000;

export function someDevices(now: number): DeviceView[] {
  return [
    { id: 'd-laptop', name: "Elin's laptop", platform: 'linux', signed_in_at: now - 400 * HOUR_MS, seen_at: null, mine: true },
    { id: 'd-work', name: 'Observatory, desk 3', platform: 'windows', signed_in_at: now - 90 * HOUR_MS, seen_at: now - 30 * HOUR_MS, mine: false },
    { id: 'd-old', name: 'Old MacBook', platform: 'macos', signed_in_at: now - 9_000 * HOUR_MS, seen_at: null, mine: false },
  ];
}

export function deviceHandlers(fake: Fake): DeviceHandlers {
  function online(): void {
    if (fake.connection.kind !== 'live') throw OFFLINE;
  }

  function keep(stays: (device: DeviceView) => boolean): null {
    online();
    fake.devices = fake.devices.filter(stays);
    fake.emit({ kind: 'devices' });
    return null;
  }

  return {
    list_devices: () => fake.devices,
    refresh_devices: () => {
      online();
      fake.devices = fake.devices.map((device) => ({ ...device, seen_at: device.seen_at ?? fake.now() }));
      return fake.devices;
    },
    rename_device: ({ device, name }) => {
      fake.devices = fake.devices.map((known) => (known.id === device ? { ...known, name } : known));
      fake.emit({ kind: 'devices' });
      return null;
    },
    sign_out_device: ({ device }) => keep(({ id }) => id !== device),
    sign_out_others: () => keep(({ mine }) => mine),
  };
}
