import { Channel, invoke } from '@tauri-apps/api/core';
import type { Backend } from '../backend';
import type { Update } from './types';

/** The real shell. */
export const tauri: Backend = {
  call: (name, args) => invoke(name, args),
  async subscribe(onUpdate) {
    const channel = new Channel<Update>();
    channel.onmessage = onUpdate;
    await invoke('subscribe', { channel });
  },
};
