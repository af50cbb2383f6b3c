import {
  Context,
  LEGACY_VERSIONS,
  type InjectionToken,
  type LoggingLevel,
  type Principal,
} from '@tenon/core';
import { RecordingLogger } from './recording-logger.js';

/** What a handler reported while it ran with a test context. */
export interface Reported {
  readonly progress: { progress: number; total?: number; message?: string }[];
  readonly logs: { level: LoggingLevel; data: unknown }[];
}

/** What a test may say about the call. */
export interface TestContextOptions {
  readonly principal?: Principal;
  readonly signal?: AbortSignal;
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
  readonly principal: Principal | undefined;
  readonly signal: AbortSignal;
  readonly #lifespans: ReadonlyMap<InjectionToken, unknown>;

  constructor(options: TestContextOptions) {
    super();
    this.principal = options.principal;
    this.signal = options.signal ?? new AbortController().signal;
    this.#lifespans = new Map(options.lifespans);
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

  lifespan<T>(token: InjectionToken<T>): T {
    if (!this.#lifespans.has(token))
      throw new Error('testContext({ lifespans: [[Token, value]] }) names no such token');
    return this.#lifespans.get(token) as T;
  }
}
