import { FrameworkError, Unavailable } from '@tenon/core';
import { loadDriver } from '../driver.js';
import { Opened } from '../opened.js';
import { warnOnce } from '../warn-once.js';

/** What is used of a client of ioredis, or of its cluster. */
export interface RedisClient {
  readonly isCluster?: boolean;
  call(command: string, ...args: (string | number)[]): Promise<unknown>;
  duplicate(): RedisClient;
  nodes?(role: 'master'): readonly RedisClient[];
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'message', listener: (channel: string, text: string) => void): unknown;
  connect(): Promise<unknown>;
  disconnect(): void;
  quit(): Promise<unknown>;
}

/** Where Redis is, or Valkey: a host, a URL, or a client of ioredis that you have already. */
export type RedisOptions = {
  /** Begins the name of everything that is kept there. Servers that share a Redis and nothing else differ in it. Default: `tenon:`. */
  readonly prefix?: string;
} & (
  | {
      /** Default: localhost. */
      readonly host?: string;
      /** Default: 6379. */
      readonly port?: number;
      readonly username?: string | undefined;
      readonly password?: string | undefined;
      readonly db?: number;
      /** Whether to speak TLS. */
      readonly tls?: boolean;
    }
  | { readonly url: string }
  | {
      /** Stays yours: it is not closed with the store. */
      readonly client: RedisClient;
    }
);

interface Connected {
  readonly client: RedisClient;
  readonly owned: boolean;
}

/** So long Redis may take to answer, in milliseconds. */
const ANSWER_MS = 5000;
/** ioredis connects when it is told to, and gives a command up instead of keeping it for ever. */
const DRIVER_OPTIONS = {
  lazyConnect: true,
  connectTimeout: ANSWER_MS,
  commandTimeout: ANSWER_MS,
  maxRetriesPerRequest: 2,
};

/** A connection to Redis: opened when it is needed, or a client that is open already. */
export class RedisConnection {
  readonly prefix: string;
  readonly #store: string;
  readonly #options: RedisOptions;
  readonly #opened: Opened<Connected>;

  constructor(store: string, options: RedisOptions) {
    this.prefix = options.prefix ?? 'tenon:';
    this.#store = store;
    this.#options = options;
    this.#opened = new Opened(
      () => this.#connect(),
      async ({ client, owned }) => {
        if (owned) await endOf(client);
      },
    );
  }

  open(): Promise<void> {
    return this.#opened.open();
  }

  close(): Promise<void> {
    return this.#opened.close();
  }

  /**
   * The answer to a command.
   *
   * @throws {Unavailable} STORAGE_UNREACHABLE
   */
  async call(command: string, ...args: (string | number)[]): Promise<unknown> {
    const { client } = await this.#opened.get();
    return this.on(client, command, ...args);
  }

  /** The answer of one node to a command. */
  async on(client: RedisClient, command: string, ...args: (string | number)[]): Promise<unknown> {
    try {
      return await client.call(command, ...args);
    } catch (cause) {
      // What Redis has answered is no fault of the network.
      if ((cause as { readonly name?: unknown }).name === 'ReplyError') throw cause;
      throw new Unavailable('STORAGE_UNREACHABLE', { retryAfterMs: 1000, cause });
    }
  }

  /** Every node that holds keys. */
  async nodes(): Promise<readonly RedisClient[]> {
    const { client } = await this.#opened.get();
    return client.nodes?.('master') ?? [client];
  }

  /** Whether keys are on several nodes, so that one command cannot ask for many. */
  async isCluster(): Promise<boolean> {
    return (await this.#opened.get()).client.isCluster === true;
  }

  /** Another connection to the same Redis, for whoever has to keep one to himself. */
  async another(): Promise<RedisClient> {
    const { client } = await this.#opened.get();
    const other = client.duplicate();
    other.on('error', noted);
    return other;
  }

  async #connect(): Promise<Connected> {
    if ('client' in this.#options) return { client: this.#options.client, owned: false };
    checkUrl(this.#store, this.#options);
    const { Redis } = await loadDriver({ store: this.#store, library: 'ioredis' }, () => import('ioredis'));
    const client = new Redis(driverOptions(this.#options)) as unknown as RedisClient;
    let reason = 'it does not answer';
    client.on('error', (error) => {
      reason = error.message || reason;
      noted(error);
    });
    try {
      await client.connect();
      await client.call('PING');
      return { client, owned: true };
    } catch (cause) {
      client.disconnect();
      throw new FrameworkError(
        'ERR_STORAGE_OPEN',
        {
          store: `${this.#store} at ${addressOf(this.#options)}`,
          reason: (cause as Error).name === 'ReplyError' ? (cause as Error).message : reason,
          cure: 'Start Redis there, or give the store the host, port and password of one that runs.',
        },
        { cause },
      );
    }
  }
}

/** Waits for what was asked, and ends a connection. */
export async function endOf(client: RedisClient): Promise<void> {
  await client.quit().catch(() => {
    client.disconnect();
  });
}

function noted(error: Error): void {
  // Without anybody who hears it, ioredis writes to the console.
  warnOnce(`Redis: ${error.message || String(error)}`);
}

/** Without the value: there may be a password in it, also where it is no URL. */
function checkUrl(store: string, options: RedisOptions): void {
  if (!('url' in options)) return;
  const url = options.url as string | undefined;
  if (url !== undefined && /^rediss?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) return;
  throw new FrameworkError('ERR_OPTION_VALUE', {
    owner: store,
    option: 'url',
    seen: url === undefined ? 'undefined' : 'no URL of a Redis',
    expected: 'one like redis://:password@host:6379, or rediss:// for TLS',
  });
}

function driverOptions(options: Exclude<RedisOptions, { readonly client: RedisClient }>): object {
  if ('url' in options) {
    const { hostname, port, username, password, pathname, protocol } = new URL(options.url);
    const db = Number(pathname.slice(1) || 0);
    return {
      ...DRIVER_OPTIONS,
      host: hostname.replace(/^\[|\]$/g, '') || 'localhost',
      port: Number(port || 6379),
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
      db: Number.isInteger(db) ? db : 0,
      ...(protocol === 'rediss:' && { tls: {} }),
    };
  }
  const { host = 'localhost', port = 6379, username, password, db = 0, tls = false } = options;
  return { ...DRIVER_OPTIONS, host, port, username, password, db, ...(tls && { tls: {} }) };
}

/** Where Redis is, without what is secret of it. */
function addressOf(options: RedisOptions): string {
  if ('url' in options) return new URL(options.url).host;
  return 'client' in options ? 'your client' : `${options.host ?? 'localhost'}:${options.port ?? 6379}`;
}
