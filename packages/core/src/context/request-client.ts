import { isAnswer } from '../asking/answer.js';
import { ToolError } from '../errors/component-error.js';
import type { Question } from '../asking/question.js';
import type { Params, RequestId, RpcResponse } from '../mcp/message.js';
import type { Cancel } from '../time/clock.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import type { Exchange } from './exchange.js';
import type { Awaiting, Session } from './session.js';

/** How long a client may take to answer, in milliseconds. */
const TIMEOUT_MS = 5 * 60_000;

/** What a question to the client needs. */
interface AskBy {
  readonly wheel: TimerWheel;
  readonly timeoutMs?: number | undefined;
  /** The questions of the message that are open: this one while it is. */
  readonly open: Set<OpenQuestion>;
}

/** A question that is not answered yet. */
export interface OpenQuestion {
  /** Tells the client that nobody waits for its answer any more. */
  takeBack(): void;
}

/** Asks the client by a request of the server's own: as the revisions with sessions do. */
export function requestClient(
  exchange: Exchange,
  question: Question,
  { wheel, timeoutMs = TIMEOUT_MS, open }: AskBy,
): Promise<unknown> {
  const { session } = exchange;
  const { method, params } = question;
  if (!session)
    return Promise.reject(
      new ToolError(`${method} needs a session with the client, and this server keeps none (stateless)`),
    );
  return new Promise((resolve, reject) => {
    new Request(exchange, session, { method, resolve, reject, open }).send(params, wheel, timeoutMs);
  });
}

interface RequestOf {
  readonly method: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
  readonly open: Set<OpenQuestion>;
}

/** One request to the client, until it is answered, given up or cancelled. */
class Request implements Awaiting, OpenQuestion {
  readonly #exchange: Exchange;
  readonly #session: Session;
  readonly #of: RequestOf;
  readonly #id: RequestId;
  #stop: Cancel | undefined;

  constructor(exchange: Exchange, session: Session, of: RequestOf) {
    this.#exchange = exchange;
    this.#session = session;
    this.#of = of;
    this.#id = session.expect(this);
    of.open.add(this);
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

  takeBack(): void {
    const { method, reject } = this.#of;
    this.#giveUp('What it was asked for has been answered without it');
    reject(new ToolError(`The call ended before the client answered ${method}`));
  }

  answered(response: RpcResponse): void {
    this.#over();
    try {
      this.#of.resolve(resultOf(response, this.#of.method));
    } catch (error) {
      this.#of.reject(error);
    }
  }

  ended(): void {
    this.#over();
    this.#of.reject(new ToolError(`The session ended before the client answered ${this.#of.method}`));
  }

  #over(): void {
    this.#stop?.();
    this.#of.open.delete(this);
  }

  #giveUp(reason: string): void {
    this.#over();
    this.#session.forget(this.#id);
    this.#exchange.notify('notifications/cancelled', { requestId: this.#id, reason });
  }
}

/**
 * A client's refusal is for the model to read: it says what the person or the client did not want. What is no answer to such a
 * question reaches no handler, which would have to take it for one.
 */
function resultOf({ result, error }: RpcResponse, method: string): unknown {
  if (isAnswer(method, result) && !error) return result;
  if (!error) throw new ToolError(`What the client answered to ${method} has not the form of an answer`);
  const said = typeof error.message === 'string' ? `: ${error.message}` : '';
  throw new ToolError(`The client refused ${method}${said}`, { cause: error });
}
