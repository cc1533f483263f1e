/** Whether anybody touches the window: the server tells others that its person is away when nobody has for a while. */
import { IDLE_MS } from './limits';

const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const;

/** Calls `tell` when the window falls idle and when it wakes; returns the way to stop. */
export function watchIdle(tell: (idle: boolean) => void): () => void {
  let idle = false;
  let timer = setTimeout(rest, IDLE_MS);

  function rest() {
    idle = true;
    tell(true);
  }

  function touch() {
    clearTimeout(timer);
    timer = setTimeout(rest, IDLE_MS);
    if (idle) tell((idle = false));
  }

  for (const kind of TOUCHES) window.addEventListener(kind, touch, { passive: true, capture: true });
  return () => {
    clearTimeout(timer);
    for (const kind of TOUCHES) window.removeEventListener(kind, touch, { capture: true });
  };
}
