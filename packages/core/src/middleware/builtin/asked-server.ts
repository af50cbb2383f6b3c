import { ToolError } from '../../errors/component-error.js';
import { ProtocolError } from '../../errors/protocol-error.js';

/** Asks the server on behalf of a tool: what it refuses is for the model to read. */
export async function askedServer<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (ProtocolError.is(error)) throw new ToolError(error.message, { cause: error });
    throw error;
  }
}
