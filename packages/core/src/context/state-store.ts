import { createHash } from 'node:crypto';
import { FrameworkError } from '../errors/framework-error.js';
import { NotPlain, toPlain } from '../mcp/plain.js';
import type { KeyValueStore } from '../storage/store.js';
import type { StateScope } from './context.js';
import type { Exchange } from './exchange.js';

/** So long a value is kept after it was last set, in milliseconds. */
const TTL_MS = 24 * 60 * 60_000;

type KeptScope = Exclude<StateScope, 'request'>;

/** Values that outlive one message: a session's, or the whole server's. */
export class StateStore {
  readonly #store: () => KeyValueStore;

  constructor(store: () => KeyValueStore) {
    this.#store = store;
  }

  /** The value under a key, undefined where there is none. */
  get(key: string, scope: KeptScope, exchange: Exchange): Promise<unknown> {
    return this.#store().get(placeOf(key, scope, exchange));
  }

  /**
   * Keeps a JSON value.
   *
   * @throws {TypeError} for what JSON cannot carry.
   */
  async set(key: string, of: { value: unknown; scope: KeptScope }, exchange: Exchange): Promise<void> {
    await this.#store().set(placeOf(key, of.scope, exchange), plain(key, of.value), { ttlMs: TTL_MS });
  }

  /** Forgets a value; whether there was one. */
  delete(key: string, scope: KeptScope, exchange: Exchange): Promise<boolean> {
    return this.#store().delete(placeOf(key, scope, exchange));
  }
}

function placeOf(key: string, scope: KeptScope, { session, principal }: Exchange): string {
  if (scope === 'server') return `state/server/${key}`;
  if (session) return `state/session/${session.id}/${key}`;
  if (!principal) throw new FrameworkError('ERR_STATE_NO_SESSION', { key });
  return `state/principal/${createHash('sha256').update(principal.key).digest('hex')}/${key}`;
}

function plain(key: string, value: unknown): unknown {
  try {
    const kept = toPlain(value, 'the value');
    if (kept !== undefined) return kept;
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    throw new TypeError(
      `setState('${key}') cannot keep ${error.message}: keep it for the request with { scope: 'request' }`,
    );
  }
  throw new TypeError(`setState('${key}') cannot keep undefined: use deleteState('${key}')`);
}
