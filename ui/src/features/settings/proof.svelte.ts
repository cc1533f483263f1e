/** How somebody shows once more who they are, before what an open window is not enough for: by their password, or by a visit to a provider where they have none. */
import { call } from '../../lib/backend';
import type { Problem, ProviderInfo } from '../../lib/backend';
import { t } from '../../lib/words';

export class Proof {
  password = $state('');
  /** The browser is at the provider's page. */
  waiting = $state(false);
  readonly #provider: () => ProviderInfo | null;

  /** `provider`: the one that vouches in place of a password; `null` for who has one. */
  constructor(provider: () => ProviderInfo | null) {
    this.#provider = provider;
  }

  get provider(): ProviderInfo | null {
    return this.#provider();
  }

  /** What can be said without asking anybody. */
  early(): Problem | null {
    return this.provider || this.password ? null : { code: 'wrong_credentials', message: t('sign-password-missing') };
  }

  /** What goes with the call that follows at once: a password, or an empty one when the provider has just vouched. */
  async show(): Promise<string> {
    if (!this.provider) return this.password;
    this.waiting = true;
    try {
      await call('prove_by_provider', { provider: this.provider.id });
    } finally {
      this.waiting = false;
    }
    return '';
  }

  /** The dialog closes: nobody waits for the browser any more. */
  leave(): void {
    if (this.waiting) void call('cancel_provider');
  }

  /** What the button says that begins with this. */
  label(usual: string): string {
    if (!this.provider) return usual;
    return this.waiting ? t('provider-waiting') : t('provider-confirm', { name: this.provider.name });
  }
}
