/** What people look like, for those on the screen: asked for when a picture is first shown, and again when there is a connection. */
import { call } from '../lib/backend';
import { session } from './session.svelte';

/** Beside a name, or to be looked at. */
type PictureSize = 'small' | 'large';

/** So many are kept of what is not on the screen. */
const KEPT_MAX = 400;

class Pictures {
  /** The addresses of those that are here, the oldest first. */
  #here = $state.raw(new Map<string, string>());
  readonly #asked = new Set<string>();
  /** How often each is on the screen. */
  readonly #shown = new Map<string, number>();

  /** Where a picture is, or `null` as long as it is not here. */
  url(picture: string | null, size: PictureSize): string | null {
    return (picture && this.#here.get(`${picture} ${size}`)) ?? null;
  }

  /** Somebody who looks like that is on the screen; returns the way to take them off it. In an effect it is asked again by itself when the connection is another one. */
  want(picture: string | null, size: PictureSize): () => void {
    void session.status.connection.kind;
    const key = `${picture} ${size}`;
    if (!picture) return () => undefined;
    this.#shown.set(key, (this.#shown.get(key) ?? 0) + 1);
    this.#ask(picture, size, key);
    return () => {
      const left = (this.#shown.get(key) ?? 1) - 1;
      if (left > 0) this.#shown.set(key, left);
      else this.#shown.delete(key);
    };
  }

  #ask(picture: string, size: PictureSize, key: string): void {
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    call('get_picture', { picture, size }).then(
      (url) => {
        const here = new Map(this.#here).set(key, url);
        for (const oldest of here.keys()) {
          if (here.size <= this.#shown.size + KEPT_MAX) break;
          if (this.#shown.has(oldest)) continue;
          here.delete(oldest);
          this.#asked.delete(oldest);
        }
        this.#here = here;
      },
      // Initials stand there until then.
      () => this.#asked.delete(key),
    );
  }

  clear(): void {
    this.#here = new Map();
    this.#asked.clear();
  }
}

export const pictures = new Pictures();
