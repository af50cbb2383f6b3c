import { type ComponentError, ToolError } from '../errors/component-error.js';
import { digest } from '../mcp/digest.js';
import type { Params } from '../mcp/message.js';
import type { Logger } from '../telemetry/logger.js';
import { isAnswer } from './answer.js';
import { withoutPageName, type Question } from './question.js';
import { writeState, type SuspendedState, type SuspensionHost } from './suspended-state.js';

/** A call that asks for more than this many rounds is ended. */
const MAX_ROUNDS = 10;

const FIRST = { round: 0, answers: {}, asked: {}, kept: {}, sent: 0, warned: false };

/** Thrown into a handler whose questions have gone to the client: it runs again when they are answered. */
export class RoundEnded extends Error {
  override readonly name = 'RoundEnded';

  constructor() {
    super('The client has been asked; this run ends here, and the handler runs again with the answer');
  }
}

/** What the rounds of one call need of the server. */
export interface RoundsHost extends SuspensionHost {
  readonly logger: Logger;
}

/** One run of a handler that asks by running again: recorded answers are given back, new questions end the run. */
export class Rounds {
  readonly #host: RoundsHost;
  readonly #binding: string;
  readonly #state: SuspendedState;
  readonly #answers: Map<string, unknown>;
  readonly #brought: ReadonlyMap<string, unknown>;
  readonly #kept: Map<string, { readonly value?: unknown }>;
  readonly #used = new Set<string>();
  readonly #times = new Map<string, number>();
  readonly #pending = new Map<string, Question>();
  readonly #waiting: ((reason: unknown) => void)[] = [];
  /** What the client has brought back to questions the author returned. */
  readonly responses: Readonly<Record<string, unknown>> | undefined;
  readonly #told: () => number;
  #over = false;
  #ended: Promise<object> | undefined;
  /** Told when the run has ended with questions. */
  onEnd: ((result: Promise<object>) => void) | undefined;

  /** `binding` is what a state may only be used for; the rest is what the client has brought back, and how many
   * notifications this run has come to. */
  constructor(
    host: RoundsHost,
    binding: string,
    of: { state?: SuspendedState; responses?: unknown; told: () => number },
  ) {
    this.#host = host;
    this.#binding = binding;
    this.#told = of.told;
    this.#state = of.state ?? { ...FIRST, call: host.ids.secret() };
    this.#answers = new Map(Object.entries(this.#state.answers));
    this.#kept = new Map(Object.entries(this.#state.kept));
    this.#brought = new Map(Object.entries(typeof of.responses === 'object' ? (of.responses ?? {}) : {}));
    const responses = this.#responsesToAsked();
    if (this.#state.explicit) this.responses = responses;
    else for (const [id, answer] of Object.entries(responses)) this.#answers.set(id, answer);
  }

  /** The state an author gave along with questions of his own. */
  get ownState(): unknown {
    return this.#state.explicit?.own;
  }

  /** The name of the call, the same in all its rounds. */
  get call(): string {
    return this.#state.call;
  }

  /** The run's end, once it has asked. */
  get ended(): Promise<object> | undefined {
    return this.#ended;
  }

  /** How many notifications the runs before this one have sent. */
  get sentBefore(): number {
    return this.#state.sent;
  }

  /** The answer to a question: recorded, or by ending this run and asking. */
  ask(asked: Question): Promise<unknown> {
    const question = withoutPageName(asked);
    const id = this.#idOf(question);
    // A client may know what will be asked, and bring the answer with its first request.
    const unasked = this.#state.round === 0 ? this.#brought.get(id) : undefined;
    if (isAnswer(question.method, unasked)) this.#answers.set(id, unasked);
    if (this.#answers.has(id)) {
      this.#used.add(id);
      return Promise.resolve(this.#answers.get(id));
    }
    if (this.#over) return Promise.reject(new RoundEnded());
    this.#pending.set(id, question);
    // What is asked in the same turn of the event loop leaves together.
    this.#ended ??= new Promise((resolve) => {
      setImmediate(() => {
        resolve(this.#end());
      });
    });
    return new Promise((_resolve, reject) => this.#waiting.push(reject));
  }

  /** Ends this run with questions of the author's own. */
  require(requests: ReadonlyMap<string, Question>, own: unknown): Promise<object> {
    for (const [id, question] of requests) this.#pending.set(id, withoutPageName(question));
    this.#over = true;
    this.#ended = this.#result({ explicit: own === undefined ? {} : { own } });
    this.onEnd?.(this.#ended);
    return this.#ended;
  }

  /** What a step gave when it first ran; it runs again only if a run before this one did not get to its end. */
  async once<T>(key: string, run: () => T | Promise<T>): Promise<T> {
    const kept = this.#kept.get(key);
    if (kept) return kept.value as T;
    const value = await run();
    this.#kept.set(key, { value });
    return value;
  }

  /** The answers among what the client has brought back: to what was asked, in the form of an answer. */
  #responsesToAsked(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.#state.asked).flatMap(([id, method]) =>
        isAnswer(method, this.#brought.get(id)) ? [[id, this.#brought.get(id)]] : [],
      ),
    );
  }

  #idOf({ method, params, key }: Question): string {
    if (key !== undefined) return key;
    const words = digest([method, params]);
    const times = (this.#times.get(words) ?? 0) + 1;
    this.#times.set(words, times);
    return `${words}-${times}`;
  }

  async #end(): Promise<object> {
    this.#over = true;
    const result = this.#conclude();
    this.onEnd?.(result);
    const ended = new RoundEnded();
    for (const reject of this.#waiting.splice(0)) reject(ended);
    return result;
  }

  async #conclude(): Promise<object> {
    const unused = [...this.#answers.keys()].filter((id) => !this.#used.has(id));
    const warned = unused.length > 0;
    if (warned && this.#state.warned) throw wandering();
    if (warned)
      this.#host.logger.warn(
        'A handler asked something new while an answer it had asked for stays unused: it must ask the same in each run',
        { unused },
      );
    return this.#result({ warned });
  }

  async #result(of: Partial<Pick<SuspendedState, 'warned' | 'explicit'>>): Promise<object> {
    const round = this.#state.round + 1;
    if (round > MAX_ROUNDS) throw tooMany();
    const asked = [...this.#pending];
    const state: SuspendedState = {
      round,
      answers: Object.fromEntries(this.#answers),
      asked: Object.fromEntries(asked.map(([id, { method }]) => [id, method])),
      kept: Object.fromEntries(this.#kept),
      sent: Math.max(this.#told(), this.#state.sent),
      warned: of.warned ?? this.#state.warned,
      call: this.call,
      ...(of.explicit && { explicit: of.explicit }),
    };
    return {
      resultType: 'input_required',
      inputRequests: Object.fromEntries(asked.map(([id, question]) => [id, toRequest(question)])),
      requestState: await writeState(state, this.#binding, this.#host),
    };
  }
}

function toRequest({ method, params }: Question): object {
  return { method, ...(Object.keys(params).length > 0 && { params }) } satisfies {
    method: string;
    params?: Params;
  };
}

function wandering(): ComponentError {
  return new ToolError(
    'The call was given up: its handler asks something else in each run, so that its answers never fit',
  );
}

function tooMany(): ComponentError {
  return new ToolError(`The call was given up: it has asked for ${MAX_ROUNDS} rounds of answers`);
}
