import { FrameworkError } from '@tenon/core';
import { loadDriver } from '../driver.js';
import { Opened } from '../opened.js';
import { warnOnce } from '../warn-once.js';
import type { RedisClient } from './redis-client.js';
import { isAnswer, redisFault, withoutCommand } from './redis-fault.js';
import { Unanswered } from './unanswered.js';

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
      /**
       * Stays yours: it is not closed with the store. Make it with `autoResendUnfulfilledCommands: false`: else ioredis sends what
       * was not answered when a connection broke a second time, and a step that is done once is done twice.
       */
      readonly client: RedisClient;
    }
);

interface Connected {
  readonly client: RedisClient;
  readonly asked: Pick<RedisClient, 'call'>;
  readonly owned: boolean;
}

/** So long Redis may take to answer, in milliseconds. */
const ANSWER_MS = 5000;
/**
 * ioredis connects when it is told to, and gives a command up instead of keeping it for ever. It sends nothing a second time that may
 * have been done.
 */
const DRIVER_OPTIONS = {
  lazyConnect: true,
  connectTimeout: ANSWER_MS,
  commandTimeout: ANSWER_MS,
  maxRetriesPerRequest: 2,
  autoResendUnfulfilledCommands: false,
};

/** A connection to Redis: opened when it is needed, or a client that is open already. */
export class RedisConnection {
  readonly prefix: string;
  readonly #store: string;
  readonly #options: RedisOptions;
  readonly #opened: Opened<Connected>;

  /** Before the connection is ended, once nobody needs it, what was opened besides it is. */
  constructor(store: string, options: RedisOptions, besides?: () => Promise<void>) {
    this.prefix = options.prefix ?? 'tenon:';
    this.#store = store;
    this.#options = options;
    this.#opened = new Opened(
      () => this.#connect(),
      async ({ client, owned }) => {
        await besides?.();
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
   * @throws {Unavailable} STORAGE_UNREACHABLE, STORAGE_BUSY, STORAGE_FULL
   */
  async call(command: string, ...args: (string | number)[]): Promise<unknown> {
    const { asked } = await this.#opened.get();
    return this.#told(asked.call(command, ...args));
  }

  /** The answer of one node to a command. */
  on(client: Pick<RedisClient, 'call'>, command: string, ...args: (string | number)[]): Promise<unknown> {
    return this.#told(client.call(command, ...args));
  }

  /** Every node that holds keys. */
  async nodes(): Promise<readonly Pick<RedisClient, 'call'>[]> {
    const { client, asked } = await this.#opened.get();
    return client.nodes?.('master') ?? [asked];
  }

  /** Whether keys are on several nodes, so that one command cannot ask for many. */
  async isCluster(): Promise<boolean> {
    return (await this.#opened.get()).client.isCluster === true;
  }

  /** Another connection to the same Redis, for whoever has to keep one to himself. */
  async another(): Promise<RedisClient> {
    const { client, owned } = await this.#opened.get();
    // It only listens, which may be asked for twice.
    const other = owned ? client.duplicate({ autoResendUnfulfilledCommands: true }) : client.duplicate();
    other.on('error', noted);
    return other;
  }

  async #told(answer: Promise<unknown>): Promise<unknown> {
    try {
      return await answer;
    } catch (cause) {
      throw redisFault(this.#place, cause);
    }
  }

  get #place(): string {
    return `${this.#store} at ${addressOf(this.#options)}`;
  }

  async #connect(): Promise<Connected> {
    if ('client' in this.#options) {
      const { client } = this.#options;
      return { client, asked: client, owned: false };
    }
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
    } catch (cause) {
      client.disconnect();
      throw this.#notOpened(
        {
          reason: isAnswer(cause) ? cause.message : reason,
          cure: 'Start Redis there, or give the store the host, port and password of one that runs.',
        },
        withoutCommand(cause),
      );
    }
    if (!(await isOneOfMany(client))) return { client, asked: new Unanswered(client), owned: true };
    client.disconnect();
    throw this.#notOpened({
      reason: 'it is one node of a cluster, and answers for its own keys only',
      cure: 'Give it a client for all of them: { client: new Cluster([{ host, port }]) } of ioredis.',
    });
  }

  #notOpened(why: { readonly reason: string; readonly cure: string }, cause?: unknown): FrameworkError {
    return new FrameworkError('ERR_STORAGE_OPEN', { store: this.#place, ...why }, { cause });
  }
}

/** Whether this is a node of a cluster; one that does not say so is taken for whole. */
async function isOneOfMany(client: RedisClient): Promise<boolean> {
  const info = await client.call('INFO', 'cluster').catch(() => '');
  return String(info).includes('cluster_enabled:1');
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
