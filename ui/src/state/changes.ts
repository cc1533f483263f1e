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
