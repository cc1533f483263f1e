/** Who wants to hear that a conversation's timeline changed. */
type Listener = (conversation: string) => void;

const listeners = new Set<Listener>();

export const timelineChanged = {
  tell(conversation: string): void {
    for (const listener of listeners) listener(conversation);
  },
  /** Returns the way to stop listening. */
  listen(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

const watchers = new Set<() => void>();

/** Who wants to hear that people tell something else of themselves, or I of me. */
export const peopleChanged = {
  tell(): void {
    for (const watcher of watchers) watcher();
  },
  /** Returns the way to stop listening. */
  listen(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
};
