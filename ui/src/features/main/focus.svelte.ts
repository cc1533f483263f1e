import { call } from '../../lib/backend';
import { view } from '../../state/view.svelte';

/** Whether the window has the person's attention. */
export const attention = $state({ focused: document.hasFocus() });

/** Tells the shell what is on the screen: it decides about notifications with it. */
export function reportFocus(): void {
  $effect(() => {
    const look = () => (attention.focused = document.hasFocus() && document.visibilityState === 'visible');
    look();
    const events = ['focus', 'blur'] as const;
    for (const event of events) window.addEventListener(event, look);
    document.addEventListener('visibilitychange', look);
    return () => {
      for (const event of events) window.removeEventListener(event, look);
      document.removeEventListener('visibilitychange', look);
    };
  });
  $effect(() => {
    // A thread stands over whatever place is open.
    const conversation = view.thread?.conversation ?? (view.place === 'conversations' ? view.conversation : null);
    // Best effort: a notification too many is no reason for a message.
    call('set_focus', { conversation, thread: view.thread?.root ?? null, focused: attention.focused }).catch(() => undefined);
  });
}
