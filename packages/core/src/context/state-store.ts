import { FrameworkError } from '../errors/framework-error.js';
import { StateError } from '../errors/state-error.js';
import { Unavailable } from '../errors/unavailable.js';
import { NotPlain, toPlain } from '../mcp/plain.js';
import type { AtomicStore } from '../storage/store.js';
import type { KeptState } from './kept-state.js';
import { Turns } from './turns.js';

/** What each owner may keep. */
export interface StateLimits {
  readonly ttlMs: number;
  readonly maxBytes: number;
}

/** The values of one owner, by key. */
export type Values = ReadonlyMap<string, unknown>;

/** So often another process may have been quicker. */
const MAX_TRIES = 50;

/** Values that outlive one message: all that one owner keeps is one record, bounded, and gone as a whole. */
export class StateStore {
  readonly limits: StateLimits;
  readonly #store: () => AtomicStore;
  readonly #turns = new Turns();

  constructor(store: () => AtomicStore, limits: StateLimits) {
    this.#store = store;
    this.limits = limits;
  }

  /** All that an owner keeps; undefined if it has never kept anything, or not for a long time. */
  async read(owner: string): Promise<Values | undefined> {
    return valuesOf(await this.#store().get(owner));
  }

  /** Changes what an owner keeps, whoever else is changing it; undefined changes nothing. */
  change(
    owner: string,
    change: (values: Values | undefined) => Values | undefined,
    ttlMs = this.limits.ttlMs,
  ): Promise<void> {
    return this.#turns.run(owner, async () => {
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const expected = await this.#store().get(owner);
        const changed = change(valuesOf(expected));
        if (!changed) return;
        const value = [...changed];
        if (await this.#store().compareAndSet(owner, { expected, value }, { ttlMs })) return;
      }
      throw new Unavailable('STATE_CONTENDED', { retryAfterMs: 1000 });
    });
  }

  /** Forgets all that an owner keeps; whether there was anything. */
  forget(owner: string): Promise<boolean> {
    return this.#turns.run(owner, () => this.#store().delete(owner));
  }

  /** What one owner keeps, to read and to change; `absent` is thrown where that must have been begun before. */
  of(owner: string, absent?: () => Error): Pick<KeptState, 'get' | 'set' | 'delete'> {
    const begun = (values: Values | undefined): Values => {
      if (!values && absent) throw absent();
      return values ?? NOTHING;
    };
    return {
      get: async <T>(key: string, options: { readonly default?: T } = {}) => {
        const value = begun(await this.read(owner)).get(key);
        return value === undefined ? options.default : (value as T);
      },
      set: async (key, value) => {
        const kept = plain(key, value);
        await this.change(owner, (values) => this.#bounded(new Map(begun(values)).set(key, kept)));
      },
      delete: async (key) => {
        let had = false;
        await this.change(owner, (values) => {
          const left = new Map(begun(values));
          had = left.delete(key);
          // A record that is not there is not made by what is taken out of it: its owner may have ended.
          return had ? left : undefined;
        });
        return had;
      },
    };
  }

  #bounded(values: Values): Values {
    const bytes = Buffer.byteLength(JSON.stringify([...values]));
    const { maxBytes } = this.limits;
    if (bytes <= maxBytes) return values;
    throw new StateError(
      'ERR_STATE_FULL',
      `no more than ${maxBytes} bytes are kept here, and this would be ${bytes}. Keep less, or have something deleted.`,
      new FrameworkError('ERR_STATE_FULL', { bytes, max: maxBytes }),
    );
  }
}

const NOTHING: Values = new Map();

function valuesOf(record: unknown): Values | undefined {
  return record === undefined ? undefined : new Map(record as readonly (readonly [string, unknown])[]);
}

function plain(key: string, value: unknown): unknown {
  try {
    const kept = toPlain(value, 'the value');
    if (kept !== undefined) return kept;
  } catch (error) {
    if (!(error instanceof NotPlain)) throw error;
    throw new FrameworkError('ERR_STATE_VALUE', { key, seen: error.message }, { cause: error });
  }
  throw new FrameworkError('ERR_STATE_VALUE', { key, seen: 'undefined' });
}
