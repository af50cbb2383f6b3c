const BRAND = Symbol.for('tenon.ComponentError');

/** A failure of a handler that the client may read, word for word: what ToolError, ResourceError and PromptError have in common. */
export abstract class ComponentError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is one of the three, also one made by another copy of this package. */
  static is(value: unknown): value is ComponentError {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/** A failure the model may read: its message becomes the text of an `isError` result, as it is. */
export class ToolError extends ComponentError {
  override readonly name = 'ToolError';
}

/** A resource that cannot be read, for the client to read: its message becomes that of the JSON-RPC error, as it is. */
export class ResourceError extends ComponentError {
  override readonly name = 'ResourceError';
}

/** A prompt that cannot be made, for the client to read: its message becomes that of the JSON-RPC error, as it is. */
export class PromptError extends ComponentError {
  override readonly name = 'PromptError';
}
