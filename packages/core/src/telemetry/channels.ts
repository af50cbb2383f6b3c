import { tracingChannel, type TracingChannel } from 'node:diagnostics_channel';

/** What the channel `tenon.message` tells of one message: to subscribe costs a call something, not to costs nothing. */
export interface MessageTrace {
  /** JSON-RPC method. */
  readonly method: string;
  /** Protocol revision the sender speaks. */
  readonly version: string;
  /** Name of the tool, where the message names one. */
  readonly target: string | undefined;
  /** The outcome, once there is one. */
  result?: unknown;
  /** What was thrown, if something was. */
  error?: unknown;
}

/** Publishes the start and end of every message on the tracing channel `tenon.message`. */
export const messageChannel: TracingChannel<MessageTrace, MessageTrace> = tracingChannel('tenon.message');
