/** The thread whose window is open: what is said there alone is looked at there, and not in its conversation. */
export const openThread = $state<{ root: string | null }>({ root: null });

/** For an effect: it is looked at until that ends. */
export function showThread(root: string): () => void {
  openThread.root = root;
  return () => {
    if (openThread.root === root) openThread.root = null;
  };
}
