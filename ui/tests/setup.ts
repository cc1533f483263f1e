import { afterEach } from 'vitest';
import { cleanup } from '@testing-library/svelte';

// happy-dom has no layout: these exist so that components can ask, and answer with nothing.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
Element.prototype.scrollIntoView ??= () => {};

afterEach(() => cleanup());
