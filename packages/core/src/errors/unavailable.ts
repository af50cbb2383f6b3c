const BRAND = Symbol.for('tenon.Unavailable');

/** The world's fault: something this server needs does not answer. 503 with Retry-After over HTTP, -32603 elsewhere. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  /** Stable name of what is unavailable, for programs; it reaches the client. */
  readonly code: string;
  /** How long the client should wait before it asks again, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(code: string, options: { retryAfterMs: number; cause?: unknown }) {
    super(`${code}: try again in ${Math.ceil(options.retryAfterMs / 1000)} s`, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is Unavailable, also one made by another copy of this package. */
  static is(value: unknown): value is Unavailable {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}
