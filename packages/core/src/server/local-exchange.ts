import { Exchange } from '../context/exchange.js';
import type { Principal } from '../context/principal.js';
import { MODERN_VERSIONS } from '../mcp/era.js';
import type { Params, Peer } from '../mcp/message.js';

/** How a call from inside the process is made. */
export interface LocalCallOptions {
  /** On whose behalf. */
  readonly principal?: Principal;
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  /** Hears the notifications that belong to the call. */
  readonly onNotification?: (method: string, params: Params) => void;
}

/** One message from inside the process. */
export class LocalExchange extends Exchange {
  readonly era = 'modern';
  readonly version = MODERN_VERSIONS[0] ?? '';
  readonly peer: Peer = { info: undefined, capabilities: {} };
  readonly session = undefined;
  readonly http = undefined;
  readonly principal: Principal | undefined;
  readonly logLevel: 'debug' | undefined;
  readonly #options: LocalCallOptions;

  constructor(options: LocalCallOptions) {
    super();
    this.#options = options;
    this.principal = options.principal;
    this.logLevel = options.onNotification ? 'debug' : undefined;
    if (options.signal?.aborted) this.cancel(String(options.signal.reason));
    options.signal?.addEventListener('abort', this.#abort, { once: true });
  }

  override get inProcess(): boolean {
    return true;
  }

  notify(method: string, params: Params): void {
    this.#options.onNotification?.(method, params);
  }

  /** Stops listening to the caller's signal, which may live much longer. */
  done(): void {
    this.#options.signal?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.cancel(String(this.#options.signal?.reason));
  };
}
