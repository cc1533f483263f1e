/** Who writes where, at this moment. */

interface Writer {
  user: string;
  name: string;
}

class Typing {
  #writers = $state.raw(new Map<string, Writer[]>());
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** First names, in the order in which they began. */
  names(conversation: string): string[] {
    return (this.#writers.get(conversation) ?? []).map((writer) => writer.name);
  }

  /** Somebody writes for so long, unless it is told again; 0 ends it. */
  tell(conversation: string, user: string, name: string, ttl_ms: number): void {
    const key = `${conversation} ${user}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const writers = this.#writers.get(conversation) ?? [];
    const known = writers.some((writer) => writer.user === user);
    if (ttl_ms > 0) this.#timers.set(key, setTimeout(() => this.tell(conversation, user, name, 0), ttl_ms));
    if (known === ttl_ms > 0) return;
    const now = ttl_ms > 0 ? [...writers, { user, name }] : writers.filter((writer) => writer.user !== user);
    this.#writers = new Map(this.#writers).set(conversation, now);
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#writers = new Map();
  }
}

export const typing = new Typing();
