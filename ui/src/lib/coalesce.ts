/** Runs `work` now; calls that come while it runs become one more run after it, `rest_ms` later. Nothing queues up, nothing is lost. */
export function coalesce(work: () => Promise<void>, rest_ms = 0): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await work();
      if (again && rest_ms > 0) await new Promise((resume) => setTimeout(resume, rest_ms));
    } while (again);
  }

  return () => {
    if (running) again = true;
    else running = run().finally(() => (running = null));
    return running;
  };
}

/** Calls `work` once, `wait_ms` after the last call. */
export function debounce<A extends unknown[]>(work: (...args: A) => void, wait_ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: A | null = null;
  const run = (...args: A) => {
    waiting = args;
    clearTimeout(timer);
    timer = setTimeout(run.flush, wait_ms);
  };
  /** Does what waits at once. */
  run.flush = () => {
    clearTimeout(timer);
    const args = waiting;
    waiting = null;
    if (args) work(...args);
  };
  run.cancel = () => {
    clearTimeout(timer);
    waiting = null;
  };
  return run;
}
