import type { AskOptions } from '../asking/elicit.js';
import type { InputRequired } from '../asking/input-required.js';
import { lackingFor, type Question } from '../asking/question.js';
import { Rounds, type RoundsHost } from '../asking/rounds.js';
import { readState, type SuspendedState } from '../asking/suspended-state.js';
import { ToolError } from '../errors/component-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import { digest } from '../mcp/digest.js';
import type { Params } from '../mcp/message.js';
import { type AtomicStore } from '../storage/store.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import type { Exchange } from './exchange.js';
import { requestClient, type OpenQuestion } from './request-client.js';

/** What questions need of the server. */
export interface DialogueHost extends RoundsHost {
  readonly wheel: TimerWheel;
  store(): AtomicStore;
}

/** What a run is of: the component, as far as a suspended call is bound to it. */
export interface RunOf {
  readonly key: string;
  readonly definition: object;
}

/** The message that is being answered, as far as questions have to do with it. */
export interface Asking {
  readonly exchange: Exchange;
  readonly method: string;
  readonly params: Params;
  /** How many notifications this run has come to. */
  readonly told: number;
}

/** Questions of one message to its sender, in either era: by a request, or by running again with the answers. */
export class Dialogue {
  readonly #host: DialogueHost;
  readonly #of: Asking;
  readonly #run: RunOf | undefined;
  #rounds: Rounds | undefined;
  /** What stands in for rounds in the older era, where a handler asks by returning. */
  #explicit: { readonly responses: Params; readonly own: unknown } | undefined;
  readonly #kept = new Map<string, unknown>();
  /** Requests to the client that are not answered yet. */
  readonly #open = new Set<OpenQuestion>();
  readonly #onEnd: (result: Promise<object>) => void;

  /** `onEnd` is told when a run has ended with questions. */
  constructor(
    host: DialogueHost,
    of: Asking & { readonly run: RunOf | undefined },
    onEnd: (result: Promise<object>) => void,
  ) {
    this.#host = host;
    this.#onEnd = onEnd;
    this.#of = of;
    this.#run = of.run;
  }

  /** The answers to questions the handler returned, by their keys. */
  get inputResponses(): Params | undefined {
    return this.#explicit?.responses ?? this.#rounds?.responses;
  }

  /** The state the handler gave along with them. */
  get requestState(): unknown {
    return this.#explicit ? this.#explicit.own : this.#rounds?.ownState;
  }

  /** How many notifications the runs before this one have sent. */
  get sentBefore(): number {
    return this.#rounds?.sentBefore ?? 0;
  }

  /** Takes up a call again with what its client has brought back. */
  async resume(): Promise<void> {
    const { requestState } = this.#of.params;
    this.#rounds = this.#makeRounds(await readState(requestState, this.#binding, this.#host));
  }

  /** Asks a question; rejects at once where the client cannot answer it. */
  ask(question: Question, options: AskOptions): Promise<unknown> {
    const { exchange } = this.#of;
    const lacking = lackingFor(question, exchange.peer);
    if (lacking) {
      const { sentence, capabilities } = lacking;
      return Promise.reject(
        exchange.era === 'legacy'
          ? new ToolError(sentence)
          : new ProtocolError(RPC.missingCapability, sentence, { requiredCapabilities: capabilities }),
      );
    }
    if (exchange.era === 'legacy')
      return requestClient(exchange, question, {
        wheel: this.#host.wheel,
        timeoutMs: options.timeoutMs,
        open: this.#open,
      });
    if (!this.#run) return Promise.reject(new FrameworkError('ERR_ASK_PLACE', { method: this.#of.method }));
    return (this.#rounds ??= this.#makeRounds()).ask(question);
  }

  /** Takes back what the client has been asked and has not answered: its message is answered without it. */
  settle(): void {
    for (const question of this.#open) question.takeBack();
  }

  /** What a step gave when it first ran in this call. */
  async once<T>(key: string, run: () => T | Promise<T>, durable: boolean): Promise<T> {
    if (this.#of.exchange.era === 'legacy' || !this.#run) return this.#remembered(key, run);
    const rounds = (this.#rounds ??= this.#makeRounds());
    return rounds.once(key, durable ? () => this.#claimed(`once/${rounds.call}/${key}`, run) : run);
  }

  /** The end of a run that has asked, as a result. */
  get ended(): Promise<object> | undefined {
    return this.#rounds?.ended;
  }

  /** Asks what a handler has returned to be asked; in the older era the answer is that it runs again. */
  async require({ requests, state }: InputRequired): Promise<object | 'again'> {
    const questions = new Map(
      Object.entries(requests).map(([key, { method, params = {} }]) => [key, { method, params, key }]),
    );
    if (this.#of.exchange.era === 'modern') {
      for (const question of questions.values()) {
        const lacking = lackingFor(question, this.#of.exchange.peer);
        if (lacking)
          throw new ProtocolError(RPC.missingCapability, lacking.sentence, {
            requiredCapabilities: lacking.capabilities,
          });
      }
      return (this.#rounds ??= this.#makeRounds()).require(questions, state);
    }
    const answers = await Promise.all(
      [...questions].map(async ([key, question]) => [key, await this.ask(question, {})] as const),
    );
    this.#explicit = { responses: Object.fromEntries(answers), own: state };
    return 'again';
  }

  #makeRounds(state?: SuspendedState): Rounds {
    const { inputResponses: responses } = this.#of.params;
    const rounds = new Rounds(this.#host, this.#binding, {
      responses,
      told: () => this.#of.told,
      ...(state && { state }),
    });
    rounds.onEnd = this.#onEnd;
    return rounds;
  }

  /** What a state is good for: this caller, this component as it is, these arguments. */
  get #binding(): string {
    const { exchange, method, params } = this.#of;
    const said = { ...params, _meta: undefined, requestState: undefined, inputResponses: undefined };
    const { key, definition } = this.#run as RunOf;
    return JSON.stringify([exchange.principal?.key ?? null, method, key, digest(definition), digest(said)]);
  }

  async #remembered<T>(key: string, run: () => T | Promise<T>): Promise<T> {
    if (this.#kept.has(key)) return this.#kept.get(key) as T;
    const value = await run();
    this.#kept.set(key, value);
    return value;
  }

  /** Runs a step that nobody has begun before; of several runs at once one gets to. */
  async #claimed<T>(key: string, run: () => T | Promise<T>): Promise<T> {
    const store = this.#host.store();
    if (await store.add(key, { claimed: true }, { ttlMs: CLAIM_MS })) {
      const value = await run();
      // A step that gives nothing has no value, and is done all the same.
      await store.set(key, { done: true, value }, { ttlMs: CLAIM_MS });
      return value;
    }
    const kept = (await store.get(key)) as { done?: true; value?: T } | undefined;
    if (kept?.done) return kept.value as T;
    throw new ToolError('A step of this call has been begun before and did not get to its end');
  }
}

/** A claim outlives the call it belongs to: a state is good for ten minutes. */
const CLAIM_MS = 60 * 60_000;
