/** What people look like, for those on the screen: asked for when a picture is first shown, and again when there is a connection. */
import { call } from '../lib/backend';
import { session } from './session.svelte';

/** Beside a name, or to be looked at. */
type PictureSize = 'small' | 'large';

/** So many are kept: a screen of them, and those around it. */
const KEPT_MAX = 400;

class Pictures {
  /** The addresses of those that are here, the oldest first. */
  #here = $state.raw(new Map<string, string>());
  readonly #asked = new Set<string>();

  /** Where a picture is, or `null` as long as it is not here. */
  url(picture: string | null, size: PictureSize): string | null {
    return (picture && this.#here.get(`${picture} ${size}`)) ?? null;
  }

  /** Somebody who looks like that is on the screen. In an effect it is asked again by itself when the connection is another one. */
  want(picture: string | null, size: PictureSize): void {
    void session.status.connection.kind;
    const key = `${picture} ${size}`;
    if (!picture || this.#asked.has(key)) return;
    this.#asked.add(key);
    call('get_picture', { picture, size }).then(
      (url) => {
        const here = new Map(this.#here).set(key, url);
        for (const [oldest] of here) {
          if (here.size <= KEPT_MAX) break;
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
