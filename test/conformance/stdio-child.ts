import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';
const SERVER = fileURLToPath(new URL('./server.js', import.meta.url));

/** A JSON-RPC message, of which the bridge reads only what it routes by. */
export interface Message {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>> & {
    readonly _meta?: Readonly<Record<string, unknown>>;
  };
  readonly [member: string]: unknown;
}

/** Who waits for an answer: hears what the server says meanwhile, then the answer. */
export interface Caller {
  tell(message: Message): void;
  settle(answer: Message): void;
}

interface Pending {
  readonly request: Message;
  readonly caller: Caller;
}

/**
 * The fixture as one process that speaks over stdin and stdout.
 *
 * Several callers share it, so each request gets an id of the bridge's own and its answer the caller's back.
 */
export class StdioChild {
  /** Hears what belongs to no request. */
  listener: ((message: Message) => void) | undefined;
  readonly #process: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor() {
    this.#process = spawn(process.execPath, [SERVER, '--transport', 'stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdin, stdout } = this.#process;
    // What is written to a server that has gone is answered by the exit below.
    stdin?.on('error', () => undefined);
    if (stdout) {
      createInterface(stdout).on('line', (line) => {
        this.#receive(JSON.parse(line) as Message);
      });
    }
    this.#process.once('exit', () => {
      this.#fail('The server has ended.');
    });
  }

  /** Sends a request; what is returned gives it up. */
  ask(request: Message, caller: Caller): () => void {
    const id = ++this.#lastId;
    this.#pending.set(id, { request, caller });
    this.#write({ ...request, id });
    return () => {
      if (!this.#pending.delete(id)) return;
      this.#write({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
    };
  }

  /** Sends what is not answered: a notification, or the client's answer to a request of the server. */
  tell(message: Message): void {
    const requestId = message.method === 'notifications/cancelled' && message.params?.requestId;
    const found = [...this.#pending].find(([, { request }]) => request.id === requestId);
    this.#write(found ? { ...message, params: { ...message.params, requestId: found[0] } } : message);
  }

  /** Ends the server as a client does: by closing its input. */
  end(): void {
    this.#process.stdin?.end();
  }

  #receive(message: Message): void {
    if (message.method !== undefined) {
      this.#route(message);
      return;
    }
    const pending = this.#pending.get(Number(message.id));
    if (!pending) return;
    this.#pending.delete(Number(message.id));
    pending.caller.settle(withCallersId(message, pending.request));
  }

  /** stdio does not say which request a message belongs to; over HTTP each has its stream, so the bridge has to tell. */
  #route(message: Message): void {
    const subscription = this.#pending.get(Number(message.params?._meta?.[SUBSCRIPTION]));
    if (subscription) {
      const _meta = { ...message.params?._meta, [SUBSCRIPTION]: subscription.request.id };
      subscription.caller.tell({ ...message, params: { ...message.params, _meta } });
      return;
    }
    const calls = [...this.#pending.values()].filter(
      ({ request }) => request.method !== 'subscriptions/listen',
    );
    const token = message.params?.progressToken;
    const own = calls.find(({ request }) => request.params?._meta?.progressToken === token);
    const caller = (token === undefined ? calls.at(-1) : own)?.caller;
    if (caller) caller.tell(message);
    else this.listener?.(message);
  }

  #write(message: Message): void {
    this.#process.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  #fail(text: string): void {
    for (const { request, caller } of this.#pending.values()) {
      caller.settle({ jsonrpc: '2.0', id: request.id ?? 0, error: { code: -32603, message: text } });
    }
    this.#pending.clear();
  }
}

function withCallersId(answer: Message, request: Message): Message {
  const result = answer.result as { _meta?: Record<string, unknown> } | undefined;
  const id = request.id ?? 0;
  if (result?._meta?.[SUBSCRIPTION] === undefined) return { ...answer, id };
  return { ...answer, id, result: { ...result, _meta: { ...result._meta, [SUBSCRIPTION]: id } } };
}
