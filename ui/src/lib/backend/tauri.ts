import { Channel, invoke } from '@tauri-apps/api/core';
import type { Backend } from '../backend';
import type { Update } from './types';

/** The real shell. */
export const tauri: Backend = {
  call: (name, args, account) => invoke(name, args, account === null ? undefined : { headers: { 'hearth-account': account } }),
  subscribe(account, onUpdate) {
    const channel = new Channel<Update>();
    channel.onmessage = onUpdate;
    return invoke('subscribe', { account, channel });
  },
};
