import type { Component } from '../components/component.js';
import type { CallContext } from '../context/call-context.js';
import type { Context } from '../context/context.js';
import type { Params } from '../mcp/message.js';

/** One message on its way through the middleware; unchangeable, `with` makes the changed one for those behind. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a hook that says no more than Call fits every method
export interface Call<P = any, C extends Component = Component> {
  /** JSON-RPC method. */
  readonly method: string;
  readonly params: P;
  readonly context: Context;
  /** What the message names, if this server offers it to this caller. */
  readonly component: C | undefined;
  /** What an entry of a list stands for, with its tags and all else; undefined for what is none of this server's. */
  componentOf(entry: ListEntry): C | undefined;
  /** The same message with other parameters: hand it to `next`. */
  with(params: P): Call<P, C>;
}

/** Goes on to what stands behind; without an argument with the call as it is. May be called again once it has failed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the same
export type Next<P = any, R = any> = (call?: Call<P>) => Promise<R>;

/** What the parameters of a message name; of a template also the values of its variables. */
export interface Found {
  readonly component: Component;
  readonly values?: Params | undefined;
}

/** An entry of a list, as far as it says what it stands for. */
export interface ListEntry {
  readonly name?: string;
  readonly uri?: string;
  readonly uriTemplate?: string;
}

/** How a method finds what its messages are about. */
export interface Finds {
  /** What the parameters of a message name. */
  readonly find?: (call: MessageCall) => Found | undefined;
  /** What an entry of its list stands for. */
  readonly findEntry?: (entry: ListEntry, call: MessageCall) => Component | undefined;
}

/** The Call of one message. */
export class MessageCall implements Call {
  readonly method: string;
  readonly params: Params;
  readonly context: CallContext;
  /** What its sender sees, once somebody has looked; the catalog's to keep. */
  view: object | undefined;
  readonly #finds: Finds;
  #found: Found | null | undefined;

  constructor(context: CallContext, params: Params, finds: Finds) {
    this.method = context.method;
    this.params = params;
    this.context = context;
    this.#finds = finds;
  }

  get component(): Component | undefined {
    return this.found?.component;
  }

  /** The component with what else the message says of it. */
  get found(): Found | undefined {
    if (!this.context.known) return this.#foundSoFar();
    if (this.#found === undefined) {
      // Whoever is asked whether it may be seen finds nothing yet.
      this.#found = null;
      this.#found = this.#finds.find?.(this) ?? null;
    }
    return this.#found ?? undefined;
  }

  /** What is found before it is known what its sender sees; nothing that it may be refused for. */
  #foundSoFar(): Found | undefined {
    if (this.#found === null || this.context.refusal) return undefined;
    this.#found = null;
    try {
      return this.#finds.find?.(this);
    } finally {
      this.#found = undefined;
    }
  }

  componentOf(entry: ListEntry): Component | undefined {
    return this.#finds.findEntry?.(entry, this);
  }

  /** The same message as naming something else, whatever this server offers under that name. */
  leadingTo(found: Found): MessageCall {
    const { name } = this.params;
    const find = (call: MessageCall): Found | undefined =>
      call.params.name === name ? found : this.#finds.find?.(call);
    return new MessageCall(this.context, this.params, { ...this.#finds, find });
  }

  with(params: Params): MessageCall {
    return new MessageCall(this.context, params, this.#finds);
  }
}
