import type { LoggingLevel } from './types.js';

/** What ties an answer to its request. */
export type RequestId = string | number;

/** Parameters as they come: any object. */
export type Params = Readonly<Record<string, unknown>>;

/** A JSON-RPC request. */
export interface RpcRequest {
  readonly jsonrpc: '2.0';
  readonly id: RequestId;
  readonly method: string;
  readonly params?: Params;
}

/** A JSON-RPC notification: never answered. */
export interface RpcNotification {
  readonly jsonrpc: '2.0';
  readonly method: string;
  readonly params?: Params;
}

/** A JSON-RPC answer to a request of the server. */
export interface RpcResponse {
  readonly jsonrpc: '2.0';
  readonly id: RequestId;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** A message of any kind. */
export type RpcMessage = RpcRequest | RpcNotification | RpcResponse;

/** Whether a message wants an answer. */
export function isRequest(message: RpcMessage): message is RpcRequest {
  return 'method' in message && 'id' in message;
}

/** Whether a message is an answer to a request of the server. */
export function isResponse(message: RpcMessage): message is RpcResponse {
  return !('method' in message);
}

/** What the sender of a message says about itself. */
export interface Peer {
  readonly info: { readonly name: string; readonly version: string } | undefined;
  readonly capabilities: Readonly<Record<string, unknown>>;
}

/** Levels of `notifications/message`, least severe first. */
export const LOG_LEVELS: readonly LoggingLevel[] = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
];
