import { CallContext, type ContextHost } from '../context/call-context.js';
import type { Exchange } from '../context/exchange.js';
import { NONE, type Outcome } from '../context/outcome.js';
import type { ScopeEnd } from '../di/lifetime.js';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { RpcNotification, RpcRequest } from '../mcp/message.js';
import { MessageCall } from '../middleware/call.js';
import { compose, type Chain } from '../middleware/compose.js';
import { hooksFor } from '../middleware/hooks.js';
import type { MiddlewareList } from '../middleware/middleware-list.js';
import type { Visibility } from '../middleware/visibility.js';
import { whereKnown } from '../middleware/where-known.js';
import { messageChannel } from '../telemetry/channels.js';
import type { Method } from './methods/method.js';
import { UnderWay } from './under-way.js';
import { wireError, type ErrorHost } from './wire-error.js';

/** A method with everything that stands before it. */
interface Row {
  readonly method: Method;
  readonly chain: Chain;
}

/** What stands before every message, and who sees what. */
interface Before {
  readonly middleware: MiddlewareList;
  readonly visibility: Visibility;
}

/** One message through its row of the method table to its outcome. */
export class Dispatcher {
  /** The messages whose handlers are at work. */
  readonly underWay = new UnderWay();
  #rows: ReadonlyMap<string, Row>;
  #unknown: Record<Method['kind'], Row>;
  readonly #host: ContextHost & ErrorHost;
  #stopped = false;

  constructor(methods: readonly Method[], { middleware, visibility }: Before, host: ContextHost & ErrorHost) {
    const row = (method: Method): Row => {
      const hooks = hooksFor(method.name, method.kind);
      const { outer, inner } = whereKnown(middleware.entries, hooks, visibility.asked);
      const behind = compose(inner, hooks, (call) => method.run(call));
      return { method, chain: compose(outer, hooks, onceKnown(method, behind)) };
    };
    const rows = (): ReadonlyMap<string, Row> => new Map(methods.map((method) => [method.name, row(method)]));
    const unknown = (): Record<Method['kind'], Row> => ({
      request: row(UNKNOWN_REQUEST),
      notification: row(UNKNOWN_NOTIFICATION),
    });
    this.#host = host;
    this.#rows = rows();
    this.#unknown = unknown();
    // What is under way goes on through the chain it began with.
    middleware.onChange(() => {
      this.#rows = rows();
      this.#unknown = unknown();
    });
  }

  /** Never throws and never rejects; a promise only where something had to be awaited. */
  dispatch(
    message: RpcRequest | RpcNotification,
    exchange: Exchange,
    parent?: CallContext,
  ): Outcome | Promise<Outcome> {
    if (this.#stopped) return 'id' in message ? CLOSING : NONE;
    if (!messageChannel.hasSubscribers) return this.#dispatch(message, exchange, parent);
    const target = typeof message.params?.name === 'string' ? message.params.name : undefined;
    const trace = { method: message.method, version: exchange.version, target };
    return messageChannel.tracePromise(async () => this.#dispatch(message, exchange, parent), trace);
  }

  /** Refuses every further message and cancels what is under way. */
  stop(): void {
    this.#stopped = true;
    this.underWay.cut(CLOSING.message);
  }

  /** Answers what is still under way, whatever its handlers will come to. */
  drop(): void {
    this.underWay.drop(CLOSING);
  }

  #dispatch(
    message: RpcRequest | RpcNotification,
    exchange: Exchange,
    parent: CallContext | undefined,
  ): Outcome | Promise<Outcome> {
    const context = new CallContext(this.#host, exchange, message, parent);
    const { method, chain } = this.#row(message, exchange);
    const call = new MessageCall(context, context.params, method);
    try {
      const result = chain(call);
      if (result instanceof Promise) {
        this.underWay.add(context);
        return result.then(
          (value) => this.#finish(value, method, call),
          (error: unknown) => this.#fail(error, context),
        );
      }
      return this.#finish(result, method, call);
    } catch (error) {
      return this.#fail(error, context);
    }
  }

  #row(message: RpcRequest | RpcNotification, { era }: Exchange): Row {
    const kind = 'id' in message ? 'request' : 'notification';
    const row = this.#rows.get(message.method);
    return row?.method.kind === kind && row.method.eras.includes(era) ? row : this.#unknown[kind];
  }

  #finish(value: unknown, method: Method, call: MessageCall): Outcome | Promise<Outcome> {
    const { context } = call;
    if (method.kind === 'notification') return this.#close(context, NONE, { ok: true });
    try {
      const result = value as object;
      const outcome = method.outcome?.(result, call) ?? { is: 'result', value: result };
      const failed = (result as { isError?: unknown }).isError === true;
      const end: ScopeEnd = failed ? { ok: false, error: result } : { ok: true };
      if (!(outcome instanceof Promise)) return this.#close(context, outcome, end);
      return outcome.then(
        (known) => this.#close(context, known, end),
        (error: unknown) => this.#fail(error, context),
      );
    } catch (error) {
      return this.#fail(error, context);
    }
  }

  #fail(error: unknown, context: CallContext): Outcome | Promise<Outcome> {
    return this.#close(context, wireError(error, context, this.#host), { ok: false, error });
  }

  /** Closes the message's scope before the answer leaves; a failing close is logged and changes nothing. */
  #close(context: CallContext, outcome: Outcome, end: ScopeEnd): Outcome | Promise<Outcome> {
    context.settle();
    const final = context.exchange.cancelled ? this.#ofCancelled(outcome, end, context) : outcome;
    if (context.outliving) {
      void this.#closeLater(context, end);
      return final;
    }
    const scope = context.openedScope;
    if (!scope) return this.#end(context, final);
    const logged = (err: unknown): Outcome => {
      this.#host.logger.error('A request scope could not be closed', { err, method: context.method });
      return this.#end(context, final);
    };
    try {
      const closing = scope.close(end);
      if (!closing) return this.#end(context, final);
      this.underWay.add(context);
      return closing.then(() => this.#end(context, final), logged);
    } catch (error) {
      return logged(error);
    }
  }

  /** Closes the scope of a message that is answered before its handler has ended, after it. */
  async #closeLater(context: CallContext, end: ScopeEnd): Promise<void> {
    this.underWay.add(context);
    try {
      for (let ended: unknown; context.outliving !== ended;) {
        ended = context.outliving;
        // What outlives its own deadline may only be known once the one around it has passed.
        await context.outliving?.catch(() => undefined);
      }
      await context.openedScope?.close(end);
    } catch (err) {
      this.#host.logger.error('A request scope could not be closed', { err, method: context.method });
    } finally {
      this.underWay.delete(context);
    }
  }

  #end(context: CallContext, final: Outcome): Outcome {
    this.underWay.delete(context);
    return final;
  }

  /** Whoever cancels waits no more; whoever was cut off by the end of the server does, and may have what is done. */
  #ofCancelled(outcome: Outcome, end: ScopeEnd, context: CallContext): Outcome {
    if (!this.underWay.wasCut(context.exchange)) return NONE;
    return end.ok ? outcome : CLOSING;
  }
}

/** Goes on where it is known what the sender of a message sees: only what it does see can be a reason to refuse it. */
function onceKnown(method: Method, behind: Chain): Chain {
  return (call) => {
    const { context } = call;
    context.known = true;
    // Whatever the hooks so far have made of it: its sender has named what it came with.
    if (context.refusal && new MessageCall(context, context.params, method).component) throw context.refusal;
    return behind(call);
  };
}

/** The answer to what comes, or is not finished, when the server ends. */
const CLOSING: Outcome & { is: 'error' } = {
  is: 'error',
  code: RPC.internalError,
  message: 'The server is closing',
  data: { code: 'SERVER_CLOSING', retryAfterMs: 1000 },
  refusal: 'unavailable',
  retryAfterMs: 1000,
};

const UNKNOWN_REQUEST: Method = {
  name: '',
  eras: ['legacy', 'modern'],
  kind: 'request',
  run: ({ method }) => {
    throw new ProtocolError(RPC.methodNotFound, `Unknown method: ${method}`);
  },
};

const UNKNOWN_NOTIFICATION: Method = {
  name: '',
  eras: ['legacy', 'modern'],
  kind: 'notification',
  run: () => undefined,
};
