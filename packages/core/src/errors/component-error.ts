const BRAND = Symbol.for('tenon.ToolError');

/** A failure the model may read: its message becomes the text of an `isError` result, as it is. */
export class ToolError extends Error {
  override readonly name = 'ToolError';

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is a ToolError, also one made by another copy of this package. */
  static is(value: unknown): value is ToolError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}
