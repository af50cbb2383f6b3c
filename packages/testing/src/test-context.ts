import {
  Context,
  LEGACY_VERSIONS,
  type InjectionToken,
  type LoggingLevel,
  type Params,
  type Principal,
  type Question,
  type StateScope,
} from '@tenon/core';
import { AnswerSheet } from './answer-sheet.js';
import type { Answers, AnswersInOrder } from './answers.js';
import { RecordingLogger } from './recording-logger.js';

/** What a handler reported while it ran with a test context. */
export interface Reported {
  readonly progress: { progress: number; total?: number; message?: string }[];
  readonly logs: { level: LoggingLevel; data: unknown }[];
  readonly questions: Question[];
}

/** What a test may say about the call. */
export interface TestContextOptions {
  readonly principal?: Principal;
  readonly signal?: AbortSignal;
  /** What the client answers: by kind, as for a client of a test server, or all of it in the order of the questions. */
  readonly answers?: Answers | AnswersInOrder;
  /** What the server itself answers to `ctx.callTool()`, `ctx.readResource()` and their kin. */
  readonly server?: (method: string, params: Params) => object | Promise<object>;
  /** What lifespans have opened. */
  readonly lifespans?: readonly (readonly [InjectionToken, unknown])[];
}

/** A Context for calling a handler's method directly, in a unit test. */
export function testContext(options: TestContextOptions = {}): Context & Reported {
  return new TestContext(options);
}

class TestContext extends Context implements Reported {
  readonly requestId = 'test';
  readonly method = 'tools/call';
  readonly era = 'legacy';
  readonly version = LEGACY_VERSIONS[0] ?? '';
  readonly client = { info: { name: 'test', version: '0' }, capabilities: {} };
  readonly sessionId = 'test-session';
  readonly meta = {};
  readonly http = undefined;
  readonly logger = new RecordingLogger();
  readonly progress: Reported['progress'] = [];
  readonly logs: Reported['logs'] = [];
  readonly questions: Question[] = [];
  readonly inputResponses = undefined;
  readonly requestState = undefined;
  readonly principal: Principal | undefined;
  readonly signal: AbortSignal;
  readonly #lifespans: ReadonlyMap<InjectionToken, unknown>;
  readonly #answers: AnswerSheet;
  readonly #server: TestContextOptions['server'];
  readonly #state = new Map<string, unknown>();
  readonly #kept = new Map<string, unknown>();

  constructor(options: TestContextOptions) {
    super();
    this.principal = options.principal;
    this.signal = options.signal ?? new AbortController().signal;
    this.#lifespans = new Map(options.lifespans);
    this.#answers = new AnswerSheet(options.answers);
    this.#server = options.server;
  }

  reportProgress(progress: number, total?: number, message?: string): Promise<void> {
    this.progress.push({
      progress,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    });
    return Promise.resolve();
  }

  log(level: LoggingLevel, data: unknown): Promise<void> {
    this.logs.push({ level, data });
    return Promise.resolve();
  }

  ask(question: Question): Promise<unknown> {
    this.questions.push(question);
    return this.#answers.answer(question);
  }

  async once<T>(key: string, run: () => T | Promise<T>): Promise<T> {
    if (!this.#kept.has(key)) this.#kept.set(key, await run());
    return this.#kept.get(key) as T;
  }

  async call(method: string, params: Params): Promise<object> {
    if (!this.#server) throw new Error('testContext({ server }) says what the server itself answers');
    return this.#server(method, params);
  }

  getState<T>(key: string, options: { default?: T; scope?: StateScope } = {}): Promise<T | undefined> {
    const place = placeOf(key, options.scope);
    return Promise.resolve(this.#state.has(place) ? (this.#state.get(place) as T) : options.default);
  }

  setState(key: string, value: unknown, options: { scope?: StateScope } = {}): Promise<void> {
    this.#state.set(placeOf(key, options.scope), value);
    return Promise.resolve();
  }

  deleteState(key: string, options: { scope?: StateScope } = {}): Promise<boolean> {
    return Promise.resolve(this.#state.delete(placeOf(key, options.scope)));
  }

  closeStream(): void {
    // There is no stream.
  }

  lifespan<T>(token: InjectionToken<T>): T {
    if (!this.#lifespans.has(token))
      throw new Error('testContext({ lifespans: [[Token, value]] }) names no such token');
    return this.#lifespans.get(token) as T;
  }
}

function placeOf(key: string, scope: StateScope = 'session'): string {
  return `${scope} ${key}`;
}
