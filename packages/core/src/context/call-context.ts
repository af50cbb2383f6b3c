import type { AskOptions } from '../asking/elicit.js';
import { lackingFor, type Question } from '../asking/question.js';
import type { CallScope } from '../di/scope.js';
import type { InjectionToken } from '../di/token.js';
import type { ProtocolError } from '../errors/protocol-error.js';
import type { Era } from '../mcp/era.js';
import { LOG_LEVELS, type Params, type Peer, type RequestId } from '../mcp/message.js';
import { NotPlain, toPlain } from '../mcp/plain.js';
import type { LoggingLevel } from '../mcp/types.js';
import type { Logger } from '../telemetry/logger.js';
import { CallState, type StateHost } from './call-state.js';
import type { Changes } from './changes.js';
import { Context, type StateScope } from './context.js';
import { Dialogue, type DialogueHost, type RunOf } from './dialogue.js';
import type { Exchange, HttpRequestInfo } from './exchange.js';
import type { Principal } from './principal.js';
import type { SamplingFallback } from './sampling-fallback.js';
import { untilRound } from './until-round.js';

/** What a context asks of the server it belongs to. */
export interface ContextHost extends DialogueHost {
  /** Whether `currentContext()` finds the contexts of this server. */
  readonly ambient: boolean;
  readonly state: StateHost;
  /** Tells what has changed. */
  readonly changes: Changes;
  /** Asks the server itself, on behalf of the same caller. */
  call(method: string, params: Params, on: CallContext): Promise<object>;
  /** Answers in place of the client's model, where a server has its own. */
  readonly sampling: SamplingFallback | undefined;
  /** Opens the scope of one message. */
  openScope(context: CallContext): CallScope;
  get<T>(token: InjectionToken<T>): T;
}

const NO_PARAMS: Params = {};
const CREDENTIALS = ['authorization', 'cookie', 'proxy-authorization'];

/** The Context of one message inside one server: a view over its exchange. */
export class CallContext extends Context {
  readonly exchange: Exchange;
  readonly method: string;
  readonly params: Params;
  readonly requestId: RequestId | undefined;
  /** Where it stands among the messages under way; -1 while it is none of them. */
  place = -1;
  readonly #host: ContextHost;
  /** The message that asked its own server for this one. */
  readonly #parent: CallContext | undefined;
  #scope: CallScope | undefined;
  #logger: Logger | undefined;
  #progress = -Infinity;
  #told = 0;
  #answered = false;
  /** How many messages have asked the server itself for the next, down to this one. */
  readonly depth: number;
  /** Whether all middleware has heard of it that may say who sees what: what is found before is not kept. */
  known = false;
  /** What is run, once it is. */
  run: RunOf | undefined;
  /** How often the principal was looked at: an answer that has done so may be another for each. */
  principalLooks = 0;
  /** How often something was looked at, asked or told that only this message has: its answer is not for others. */
  ownLooks = 0;
  #dialogue: Dialogue | undefined;
  #ends: ((result: Promise<object>) => void)[] | undefined;
  #state: CallState | undefined;
  #limit: AbortController | undefined;
  #outliving: Promise<unknown> | undefined;

  constructor(
    host: ContextHost,
    exchange: Exchange,
    message: { method: string; params?: Params; id?: RequestId },
    parent?: CallContext,
  ) {
    super();
    this.#host = host;
    this.exchange = exchange;
    this.method = message.method;
    this.params = message.params ?? NO_PARAMS;
    this.requestId = message.id;
    this.#parent = parent;
    this.depth = parent ? parent.depth + 1 : 0;
  }

  get era(): Era {
    return this.exchange.era;
  }

  get version(): string {
    return this.exchange.version;
  }

  get client(): Peer {
    this.looked('own');
    return this.exchange.peer;
  }

  get principal(): Principal | undefined {
    this.looked('principal');
    return this.exchange.principal;
  }

  get sessionId(): string | undefined {
    this.looked('own');
    return this.exchange.session?.id;
  }

  get meta(): Params {
    this.looked('own');
    return this.#meta;
  }

  get #meta(): Params {
    const { _meta } = this.params;
    return typeof _meta === 'object' && _meta !== null ? (_meta as Params) : NO_PARAMS;
  }

  get http(): HttpRequestInfo | undefined {
    this.looked('own');
    const http = this.exchange.http;
    if (!http) return undefined;
    const headers = Object.fromEntries(
      Object.entries(http.headers).filter(([name]) => !CREDENTIALS.includes(name)),
    );
    return { ...http, headers };
  }

  get signal(): AbortSignal {
    return this.#limit?.signal ?? this.exchange.signal;
  }

  /** Gives the message a signal of its own, which the returned function aborts too. */
  limit(): (reason: unknown) => void {
    const limit = this.#limit ?? new AbortController();
    if (!this.#limit) {
      this.#limit = limit;
      this.exchange.onCancel(() => {
        limit.abort(this.exchange.signal.reason);
      });
    }
    return (reason) => {
      limit.abort(reason);
    };
  }

  /** Says that a handler is still at work when its answer leaves; its scope is closed after it. */
  outlive(running: Promise<unknown>): void {
    this.#outliving = running;
  }

  /** A handler that is still at work when its answer leaves. */
  get outliving(): Promise<unknown> | undefined {
    return this.#outliving;
  }

  get logger(): Logger {
    return (this.#logger ??= this.#host.logger.child({ requestId: this.requestId, method: this.method }));
  }

  /** Counts that something was looked at, here and for the messages that have asked for this one. */
  looked(at: 'principal' | 'own'): void {
    if (at === 'own') this.ownLooks++;
    else this.principalLooks++;
    this.#parent?.looked(at);
  }

  /** What is wrong with it, if its sender sees what it names; what it asks of its own server has no fault of its sender's. */
  get refusal(): ProtocolError | undefined {
    return this.#parent ? undefined : this.exchange.refusal;
  }

  /** The scope of this message, opened when first asked for. */
  get scope(): CallScope {
    return (this.#scope ??= this.#host.openScope(this));
  }

  /** The scope, if the message has needed one. */
  get openedScope(): CallScope | undefined {
    return this.#scope;
  }

  /** Says that the answer is known: nothing is sent after it, and what was asked is taken back. */
  settle(): void {
    this.#dialogue?.settle();
    this.#answered = true;
  }

  /** Tells what has changed in the server this message is for. */
  get changes(): Changes {
    return this.#host.changes;
  }

  /** Whether `currentContext()` finds it. */
  get ambient(): boolean {
    return this.#host.ambient;
  }

  /** How many notifications this run has come to. */
  get told(): number {
    return this.#told;
  }

  /** Whether a run before this one has sent the notification that is now to be sent; counts it. */
  #toldBefore(): boolean {
    if (this.#parent) return this.#parent.#toldBefore();
    return this.#told++ < (this.#dialogue?.sentBefore ?? 0);
  }

  /** Questions to the client, once there is one. */
  get dialogue(): Dialogue | undefined {
    return this.#parent ? this.#parent.dialogue : this.#dialogue;
  }

  /** Questions to the client. */
  openDialogue(): Dialogue {
    this.looked('own');
    return (
      this.#parent?.openDialogue() ??
      (this.#dialogue ??= new Dialogue(this.#host, this, (result) => {
        for (const run of this.#ends ?? []) run(result);
      }))
    );
  }

  /** Waits for a run to end, or for its round. */
  untilRound<T>(running: Promise<T>): Promise<T | object> {
    return untilRound(running, this, this.#host.wheel);
  }

  /** Runs of messages this one has made of its own server end with its round, too. */
  onRoundEnd(run: (result: Promise<object>) => void): void {
    if (this.#parent) this.#parent.onRoundEnd(run);
    else (this.#ends ??= []).push(run);
  }

  get inputResponses(): Params | undefined {
    this.looked('own');
    return this.dialogue?.inputResponses;
  }

  get requestState(): unknown {
    this.looked('own');
    return this.dialogue?.requestState;
  }

  ask(question: Question, options: AskOptions = {}): Promise<unknown> {
    const dialogue = this.openDialogue();
    const { sampling } = this.#host;
    if (sampling && question.method === 'sampling/createMessage') {
      const own = sampling.always || lackingFor(question, this.client) !== undefined;
      if (own) return this.#sampleHere(sampling, question);
    }
    return dialogue.ask(question, options);
  }

  once<T>(key: string, run: () => T | Promise<T>, options: { durable?: boolean } = {}): Promise<T> {
    return this.openDialogue().once(key, run, options.durable ?? false);
  }

  call(method: string, params: Params): Promise<object> {
    return this.#host.call(method, params, this);
  }

  closeStream(): void {
    this.exchange.closeStream();
  }

  getState<T>(key: string, options?: { default?: T; scope?: StateScope }): Promise<T | undefined> {
    if (options?.scope !== 'server') this.looked('own');
    return this.#ownState().get(key, options);
  }

  setState(key: string, value: unknown, options?: { scope?: StateScope }): Promise<void> {
    this.looked('own');
    return this.#ownState().set(key, value, options);
  }

  deleteState(key: string, options?: { scope?: StateScope }): Promise<boolean> {
    this.looked('own');
    return this.#ownState().delete(key, options);
  }

  /** State, as this message sees it. */
  openState(): CallState {
    this.looked('own');
    return this.#ownState();
  }

  #ownState(): CallState {
    return (this.#state ??= new CallState(this.#host.state, this.exchange));
  }

  /** A model's answer is kept like a client's: a further run must not get another. */
  #sampleHere(sampling: SamplingFallback, question: Question): Promise<unknown> {
    const key = question.key ?? `sample ${JSON.stringify(question.params)}`;
    return this.once(key, () => sampling.createMessage(question.params, this));
  }

  reportProgress(progress: number, total?: number, message?: string): Promise<void> {
    const { progressToken } = this.#meta;
    if (!this.#sends || (typeof progressToken !== 'string' && !Number.isSafeInteger(progressToken)))
      return Promise.resolve();
    if (!Number.isFinite(progress) || progress <= this.#progress) return Promise.resolve();
    this.#progress = progress;
    this.looked('own');
    if (this.#toldBefore()) return Promise.resolve();
    this.exchange.notify('notifications/progress', {
      progressToken,
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    });
    return Promise.resolve();
  }

  log(level: LoggingLevel, data: unknown, logger?: string): Promise<void> {
    const least = this.exchange.logLevel;
    if (!this.#sends || least === undefined || LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least))
      return Promise.resolve();
    this.looked('own');
    if (this.#toldBefore()) return Promise.resolve();
    this.exchange.notify('notifications/message', {
      level,
      data: sendable(data),
      ...(logger !== undefined && { logger }),
    });
    return Promise.resolve();
  }

  lifespan<T>(token: InjectionToken<T>): T {
    return this.#host.get(token);
  }

  get #sends(): boolean {
    return !this.#answered && !this.exchange.cancelled;
  }
}

/** A log message never fails a call: what JSON cannot carry is named instead. */
function sendable(data: unknown): unknown {
  try {
    return toPlain(data, 'data') ?? null;
  } catch (error) {
    if (error instanceof NotPlain) return `(${error.message})`;
    throw error;
  }
}
