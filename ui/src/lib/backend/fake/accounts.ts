/** Several accounts behind one door: each is a fake of its own, and the page hears of the one that it shows. */
import type { Backend } from '../../backend';
import type { CommandName } from '../commands';
import type { AccountId, AccountView, Update } from '../types';
import { viewOf } from './account';
import { Fake } from './fake';

export class FakeAccounts implements Backend {
  readonly fakes: Fake[];
  shown: AccountId;
  #onUpdate: ((update: Update) => void) | null = null;
  /** What waits for an account to be shown. */
  #waiting: { account: AccountId; update: Update } | null = null;
  #made = 0;

  constructor(fakes: Fake[]) {
    this.fakes = fakes;
    for (const fake of fakes) this.#take(fake);
    this.shown = this.get(null).account;
  }

  /** The first one answers for an account that is not there. */
  get(account: AccountId | null): Fake {
    const found = this.fakes.find((fake) => fake.account === account) ?? this.fakes[0];
    if (!found) throw new Error('There is no account.');
    return found;
  }

  list(): AccountView[] {
    return this.fakes.map(viewOf);
  }

  add(): AccountId {
    const unused = this.fakes.find((fake) => viewOf(fake).state === 'new');
    if (unused) return unused.account;
    const fake = new Fake();
    fake.phase = { kind: 'first_run' };
    this.fakes.push(fake);
    this.#take(fake);
    this.tell();
    return fake.account;
  }

  /** Nothing where it is the only one. */
  remove(account: AccountId): AccountId | undefined {
    if (this.fakes.length === 1) return undefined;
    const at = this.fakes.findIndex((fake) => fake.account === account);
    this.fakes.splice(at, 1);
    this.tell();
    return this.fakes[Math.max(0, at - 1)]?.account;
  }

  tell(): void {
    this.#onUpdate?.({ kind: 'accounts', accounts: structuredClone(this.list()) });
  }

  /** Somebody clicks on a notification of this account. */
  open(account: AccountId, update: Update): void {
    this.#waiting = { account, update };
    this.#onUpdate?.({ kind: 'show_account', account });
  }

  call(name: CommandName, args: Record<string, unknown>, account: AccountId | null): Promise<unknown> {
    return this.get(account).call(name, args);
  }

  async subscribe(account: AccountId | null, onUpdate: (update: Update) => void): Promise<AccountId> {
    for (const fake of this.fakes) await fake.subscribe(null, () => undefined);
    const fake = this.get(account ?? this.shown);
    this.shown = fake.account;
    this.#onUpdate = onUpdate;
    await fake.subscribe(null, (update) => {
      onUpdate(update);
      if (update.kind === 'status' || update.kind === 'phase') this.tell();
    });
    if (this.#waiting?.account === fake.account) onUpdate(this.#waiting.update);
    this.#waiting = null;
    return fake.account;
  }

  #take(fake: Fake): void {
    fake.account = `account-${++this.#made}`;
    fake.app = this;
  }
}
