const BRAND = Symbol.for('tenon.ProtocolError');

/** The codes of JSON-RPC and of the protocol that a server may answer with. */
export const RPC = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  headerMismatch: -32020,
  missingCapability: -32021,
  unsupportedVersion: -32022,
  /** Up to 2025-11-25; the newer era says invalidParams. */
  resourceNotFound: -32002,
} as const;

/**
 * A mistake of the caller, answered as a JSON-RPC error; the message reaches the client as it is.
 *
 * Codes of your own lie outside -32768 to -32000. Where `data` has `retryAfterMs`, a JSON answer over HTTP has the header `Retry-After`.
 */
export class ProtocolError extends Error {
  override readonly name: string = 'ProtocolError';
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.data = data;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is a ProtocolError, also one made by another copy of this package. */
  static is(value: unknown): value is ProtocolError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}
