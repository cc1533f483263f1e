/** Whole seconds until `end` (by `performance.now()`), counted down while there is one; 0 when it is past. */
export function countdown(end: () => number | null): { readonly left: number } {
  let left = $state(0);
  $effect(() => {
    const at = end();
    if (at === null) {
      left = 0;
      return;
    }
    const look = () => (left = Math.max(0, Math.ceil((at - performance.now()) / 1_000)));
    look();
    const timer = setInterval(look, 500);
    return () => clearInterval(timer);
  });
  return {
    get left() {
      return left;
    },
  };
}
