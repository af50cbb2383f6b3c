const BRAND = Symbol.for('tenon.MaskedError');

/** A failure with a code for the client and a text for the log: its cause is masked like anything else that is thrown. */
export class MaskedError extends Error {
  override readonly name = 'MaskedError';
  readonly code: number;

  /** The message reaches the client; what was thrown is only logged. */
  constructor(code: number, message: string, thrown: unknown) {
    super(message, { cause: thrown });
    this.code = code;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is a MaskedError, also one made by another copy of this package. */
  static is(value: unknown): value is MaskedError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}
