import { ProtocolError, RPC } from '../errors/protocol-error.js';
import { isResponse, type RequestId, type RpcMessage } from '../mcp/message.js';
import { checkMessage, idOf, isAnswer } from '../mcp/read-message.js';
import { isModern } from './envelope-modern.js';

/** The one revision that has batches. */
const WITH_BATCHES = '2025-03-26';
/** So many messages one batch may hold. */
export const MAX_BATCH = 100;

/** One of a batch: a message, or why it is none and whom to tell. */
export type BatchItem =
  | { readonly message: RpcMessage; readonly refused?: undefined }
  | { readonly refused: ProtocolError; readonly id: RequestId | null };

/**
 * The messages of a batch, each read for itself; a ProtocolError where the sender's revision has none, or it is too long.
 *
 * @see https://modelcontextprotocol.io/specification/2025-03-26/basic#batching
 */
export function readBatch(values: readonly unknown[], version: string): readonly BatchItem[] {
  if (version !== WITH_BATCHES) throw invalid(`batches are part of protocol version ${WITH_BATCHES} only`);
  if (values.length === 0) throw invalid('a batch holds at least one message');
  if (values.length > MAX_BATCH) throw invalid(`a batch holds at most ${MAX_BATCH} messages`);
  return values.flatMap(readItem);
}

function readItem(value: unknown): readonly BatchItem[] {
  try {
    const message = checkMessage(value);
    if (isResponse(message)) return [{ message }];
    if (message.method === 'initialize') throw invalid('initialize is sent alone');
    if (isModern(message.params)) throw invalid('the revision this message names has no batches');
    return [{ message }];
  } catch (error) {
    if (!ProtocolError.is(error)) throw error;
    return isAnswer(value) ? [] : [{ refused: error, id: idOf(value) }];
  }
}

function invalid(why: string): ProtocolError {
  return new ProtocolError(RPC.invalidRequest, `Invalid request: ${why}`);
}
