import { EventEmitter, once } from 'node:events';

type Params = Readonly<Record<string, unknown>>;

/** A client's end of a transport, as far as its messages can be listened to. */
export interface Listened {
  onmessage?: ((message: never, ...rest: never[]) => void) | undefined;
}

/** Longer than any check should wait for what it is told of. */
const MAX_MS = 10_000;

/**
 * The notifications that a connected client has received, kept as they came in from its transport.
 *
 * The clients hand progress on a moment later than a result, and by then forget those who wait for it: what arrives in one
 * piece with its result, as it often does over stdio, never reaches `onprogress`.
 */
export class Heard {
  readonly #all: { readonly method: string; readonly params: Params }[] = [];
  readonly #more = new EventEmitter();

  constructor(transport: Listened) {
    const deliver = transport.onmessage as ((message: unknown, ...rest: unknown[]) => void) | undefined;
    transport.onmessage = (
      message: { id?: unknown; method?: string; params?: Params },
      ...rest: unknown[]
    ) => {
      if (message.method !== undefined && message.id === undefined) {
        this.#all.push({ method: message.method, params: message.params ?? {} });
        this.#more.emit('more');
      }
      deliver?.call(transport, message, ...rest);
    };
  }

  /** The parameters of all notifications of a method, which are then forgotten. */
  take(method: string): readonly Params[] {
    const taken = this.#all.filter((each) => each.method === method);
    for (const each of taken) this.#all.splice(this.#all.indexOf(each), 1);
    return taken.map(({ params }) => params);
  }

  /** The parameters of the next notification of a method; waits for it if there is none yet. */
  async next(method: string): Promise<Params> {
    const signal = AbortSignal.timeout(MAX_MS);
    for (;;) {
      const at = this.#all.findIndex((each) => each.method === method);
      if (at >= 0) return this.#all.splice(at, 1)[0]?.params ?? {};
      await once(this.#more, 'more', { signal }).catch(() => {
        throw new Error(`No ${method} within ${MAX_MS} ms`);
      });
    }
  }
}
