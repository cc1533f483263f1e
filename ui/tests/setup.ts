import { afterEach, vi } from 'vitest';
import { cleanup, configure } from '@testing-library/svelte';

// How long an answer may take says nothing about the page: the machine may be busy.
configure({ asyncUtilTimeout: 10_000 });

// happy-dom has no layout: these exist so that components can ask, and answer with nothing.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => {};

// The worlds of the fake have messages of some minutes ago, and the tests read "Today" over them: whoever runs them, the clock
// starts at noon. Timers are the real ones.
vi.useFakeTimers({ toFake: ['Date'], now: new Date().setHours(12, 0, 0, 0), shouldAdvanceTime: true });

afterEach(() => cleanup());
