import { ProtocolError, RPC } from './protocol-error.js';

/**
 * A resource that is not there: for a handler whose URI fits and yet names nothing.
 *
 * The message reaches the client as it is, under the code of its era (-32602, up to 2025-11-25 -32002) and with the URI.
 */
export class ResourceNotFound extends ProtocolError {
  override readonly name = 'ResourceNotFound';

  constructor(message: string, options?: { cause?: unknown }) {
    super(RPC.resourceNotFound, message, undefined, options);
  }
}
