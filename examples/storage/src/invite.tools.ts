import { randomBytes } from 'node:crypto';
import { AtomicStore, Injectable, Tool, ToolError } from 'tenon';
import { Collection } from 'tenon/storage';

const HOUR_MS = 60 * 60_000;

@Injectable()
export class InviteTools {
  readonly #invites: Collection;
  readonly #counts: Collection;

  constructor(store: AtomicStore) {
    this.#invites = new Collection({ store, name: 'invites' });
    this.#counts = new Collection({ store, name: 'counts' });
  }

  /** Makes a code that lets one guest in, within an hour. */
  @Tool()
  async invite(guest: string): Promise<string> {
    const code = randomBytes(16).toString('base64url');
    await this.#invites.set(code, { guest }, { ttlMs: HOUR_MS });
    return code;
  }

  /** Lets the guest of a code in. */
  @Tool()
  async enter(code: string): Promise<string> {
    // In one step: of two that use a code at once, one gets in.
    const invite = await this.#invites.take(code);
    if (invite === undefined) throw new ToolError('This code was used, is too old, or was never given');
    const { guest } = invite as { guest: string };
    return `Welcome, ${guest}: you are guest ${await this.#counts.increment('guests')}`;
  }
}
