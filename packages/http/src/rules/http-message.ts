import type { HttpRequestInfo, Principal } from '@tenon/core';
import type { EventStream } from './event-stream.js';

/** An HTTP request as the rules see it, whatever host it came through. */
export interface HttpRequest extends HttpRequestInfo {
  readonly method: string;
  /** Path and query, as in the request line. */
  readonly target: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array | undefined;
  /** Who calls, where something in front has found out. */
  readonly principal: Principal | undefined;
  /** Calls `run` if the client goes before it is answered; at once if it has gone. */
  onDisconnect(run: () => void): void;
}

/** What is to be sent: a text, or a stream of events that goes on. */
export type HttpAnswer =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly stream: EventStream;
    };

/** One header's value; the first where it was sent twice. */
export function header(request: HttpRequestInfo, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'object' ? value[0] : value;
}
