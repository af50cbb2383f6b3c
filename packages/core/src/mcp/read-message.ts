import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { RpcMessage } from './message.js';

/** How deep arrays and objects of a message may nest. */
export const MAX_DEPTH = 64;
/** How long a string id may be, in characters. */
const MAX_ID = 256;

/** A line or a body as a JSON-RPC message, or a ProtocolError that says what is wrong with it. */
export function readMessage(text: string): RpcMessage {
  return checkMessage(parseJson(text));
}

/** Text as a JSON value, not checked yet: the id of what is then refused can still be read. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError(RPC.parseError, 'Parse error: the message is not valid JSON');
  }
}

/** A JSON value as a JSON-RPC message; refuses what nests too deep, and keys that would reach a prototype. */
export function checkMessage(value: unknown): RpcMessage {
  checkValue(value, MAX_DEPTH);
  if (typeof value !== 'object' || value === null) throw invalid('a message is an object');
  if (Array.isArray(value)) throw invalid('batches are not part of this protocol revision');
  const message = value as Record<string, unknown>;
  if (message.jsonrpc !== '2.0') throw invalid('jsonrpc must be "2.0"');
  if ('id' in message && !isId(message.id)) throw invalid('id must be a string or an integer');
  if (message.method === undefined) return checkResponse(message);
  if (typeof message.method !== 'string') throw invalid('method must be a string');
  const { params } = message;
  if (params !== undefined && (typeof params !== 'object' || params === null || Array.isArray(params))) {
    throw invalid('params must be an object');
  }
  return message as unknown as RpcMessage;
}

/** The id of a message that is otherwise refused, so that the refusal reaches its sender. */
export function idOf(value: unknown): string | number | null {
  if (typeof value !== 'object' || value === null) return null;
  const { id } = value as { id?: unknown };
  return isId(id) ? id : null;
}

/** Whether what is no message was meant as an answer: one is never answered, or two peers would go on for ever. */
export function isAnswer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || 'method' in value) return false;
  return 'result' in value || 'error' in value;
}

function checkResponse(message: Record<string, unknown>): RpcMessage {
  if (!('id' in message)) throw invalid('method is missing');
  if (!('result' in message) && !('error' in message))
    throw invalid('neither method, result nor error is given');
  return message as unknown as RpcMessage;
}

function isId(id: unknown): id is string | number {
  return typeof id === 'string' ? id.length <= MAX_ID : Number.isSafeInteger(id);
}

function invalid(why: string): ProtocolError {
  return new ProtocolError(RPC.invalidRequest, `Invalid request: ${why}`);
}

function checkValue(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === 0)
    throw new ProtocolError(RPC.parseError, `Parse error: the message nests deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') checkValue(item, depth - 1);
    return;
  }
  for (const key in value) {
    const member = (value as Record<string, unknown>)[key];
    if (key === '__proto__' || (key === 'constructor' && reachesPrototype(member))) {
      throw new ProtocolError(RPC.parseError, `Parse error: the key "${key}" is not allowed in a message`);
    }
    if (typeof member === 'object') checkValue(member, depth - 1);
  }
}

function reachesPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
