import type { Component } from '../components/component.js';
import type { CallContext } from '../context/call-context.js';
import type { Context } from '../context/context.js';
import type { Params } from '../mcp/message.js';

/** One message on its way through the middleware; unchangeable, `with` makes the changed one for those behind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a hook that says no more than Call fits every method
export interface Call<P = any> {
  /** JSON-RPC method. */
  readonly method: string;
  readonly params: P;
  readonly context: Context;
  /** What the message names, if this server offers it to this caller. */
  readonly component: Component | undefined;
  /** The same message with other parameters: hand it to `next`. */
  with(params: P): Call<P>;
}

/** Goes on to what stands behind; without an argument with the call as it is. May be called again once it has failed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the same
export type Next<P = any, R = any> = (call?: Call<P>) => Promise<R>;

/** What the parameters of a message name; of a template also the values of its variables. */
export interface Found {
  readonly component: Component;
  readonly values?: Params | undefined;
}

/** Finds what the parameters of a message name. */
export type FindComponent = (params: Params, context: CallContext) => Found | undefined;

/** The Call of one message. */
export class MessageCall implements Call {
  readonly method: string;
  readonly params: Params;
  readonly context: CallContext;
  readonly #find: FindComponent | undefined;
  #found: Found | null | undefined;

  constructor(context: CallContext, params: Params, find: FindComponent | undefined) {
    this.method = context.method;
    this.params = params;
    this.context = context;
    this.#find = find;
  }

  get component(): Component | undefined {
    return this.found?.component;
  }

  /** The component with what else the message says of it. */
  get found(): Found | undefined {
    if (this.#found === undefined) this.#found = this.#find?.(this.params, this.context) ?? null;
    return this.#found ?? undefined;
  }

  with(params: Params): MessageCall {
    return new MessageCall(this.context, params, this.#find);
  }
}
