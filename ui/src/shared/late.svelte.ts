/** True once `waiting` has held for `wait_ms`: what is quick shows no skeleton, so that nothing flickers. */
export function late(waiting: () => boolean, wait_ms = 300): { readonly now: boolean } {
  let shown = $state(false);
  $effect(() => {
    if (!waiting()) {
      shown = false;
      return;
    }
    const timer = setTimeout(() => (shown = true), wait_ms);
    return () => clearTimeout(timer);
  });
  return {
    get now() {
      return shown;
    },
  };
}
