import { CODES, type ErrorCode, type ErrorDetails } from './codes.js';

const BRAND = Symbol.for('tenon.FrameworkError');

/**
 * A mistake of a server's author, told when the app is created or started, never on the wire.
 *
 * The message says what happened and what to change; `code` is stable and has a row in docs/errors.md.
 */
export class FrameworkError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'FrameworkError';
  /** Stable name of the mistake. */
  readonly code: C;
  /** What to change, as an instruction. */
  readonly fix: string;
  /** The single mistakes, where several were found at once; otherwise this error alone. */
  readonly errors: readonly FrameworkError[];

  constructor(
    code: C,
    details: ErrorDetails<C>,
    options: { cause?: unknown; errors?: readonly FrameworkError[] } = {},
  ) {
    const row = CODES[code];
    const fix = fill(row.fix, details);
    super(
      `${code}: ${fill(row.message, details)}\n${fix}`,
      'cause' in options ? { cause: options.cause } : {},
    );
    this.code = code;
    this.fix = fix;
    this.errors = options.errors ?? [this];
    // An error that holds itself fills a log that shows all members.
    if (!options.errors) Object.defineProperty(this, 'errors', { enumerable: false });
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is a FrameworkError, also one made by another copy of this package. */
  static is(value: unknown): value is FrameworkError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

function fill(text: string, details: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder));
}
