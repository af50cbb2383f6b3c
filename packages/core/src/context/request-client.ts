import { ToolError } from '../errors/component-error.js';
import type { Question } from '../asking/question.js';
import type { Params, RequestId, RpcResponse } from '../mcp/message.js';
import type { Cancel } from '../time/clock.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import type { Exchange } from './exchange.js';
import type { Awaiting, Session } from './session.js';

/** How long a client may take to answer, in milliseconds. */
const TIMEOUT_MS = 5 * 60_000;

/** Asks the client by a request of the server's own: as the revisions with sessions do. */
export function requestClient(
  exchange: Exchange,
  question: Question,
  of: { wheel: TimerWheel; timeoutMs?: number | undefined },
): Promise<unknown> {
  const { session } = exchange;
  const { method, params } = question;
  if (!session)
    return Promise.reject(
      new ToolError(`${method} needs a session with the client, and this server keeps none (stateless)`),
    );
  return new Promise((resolve, reject) => {
    new Request(exchange, session, { method, resolve, reject }).send(
      params,
      of.wheel,
      of.timeoutMs ?? TIMEOUT_MS,
    );
  });
}

/** One request to the client, until it is answered, given up or cancelled. */
class Request implements Awaiting {
  readonly #exchange: Exchange;
  readonly #session: Session;
  readonly #of: { method: string; resolve: (value: unknown) => void; reject: (reason: unknown) => void };
  readonly #id: RequestId;
  #stop: Cancel | undefined;

  constructor(
    exchange: Exchange,
    session: Session,
    of: { method: string; resolve: (value: unknown) => void; reject: (reason: unknown) => void },
  ) {
    this.#exchange = exchange;
    this.#session = session;
    this.#of = of;
    this.#id = session.expect(this);
  }

  send(params: Params, wheel: TimerWheel, timeoutMs: number): void {
    const { method, reject } = this.#of;
    this.#stop = wheel.after(timeoutMs, () => {
      this.#giveUp('It took too long');
      reject(new ToolError(`The client did not answer ${method} within ${Math.round(timeoutMs / 1000)} s`));
    });
    this.#exchange.onCancel(() => {
      if (!this.#session.forget(this.#id)) return;
      this.#giveUp('What it was asked for was cancelled');
      reject(this.#exchange.signal.reason);
    });
    this.#exchange.sendRequest(this.#id, method, params);
  }

  answered(response: RpcResponse): void {
    this.#stop?.();
    try {
      this.#of.resolve(resultOf(response, this.#of.method));
    } catch (error) {
      this.#of.reject(error);
    }
  }

  ended(): void {
    this.#stop?.();
    this.#of.reject(new ToolError(`The session ended before the client answered ${this.#of.method}`));
  }

  #giveUp(reason: string): void {
    this.#stop?.();
    this.#session.forget(this.#id);
    this.#exchange.notify('notifications/cancelled', { requestId: this.#id, reason });
  }
}

/** A client's refusal is for the model to read: it says what the person or the client did not want. */
function resultOf({ result, error }: RpcResponse, method: string): unknown {
  if (!error) return result;
  throw new ToolError(`The client refused ${method}: ${error.message}`, { cause: error });
}
