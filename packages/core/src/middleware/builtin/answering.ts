import type { CallContext } from '../../context/call-context.js';
import type { ChangeListener, Changes } from '../../context/changes.js';
import { canonical, digestText } from '../../mcp/digest.js';
import type { Clock } from '../../time/clock.js';
import type { Call, MessageCall, Next } from '../call.js';
import type { CacheRule } from './cache-rules.js';
import { isFit, looksOf } from './is-fit.js';
import { answerKey, stampKey, type KeptAnswer, type KeptAnswers } from './kept-answers.js';
import { Writes } from './writes.js';

/** One operation whose answers are kept. */
export type CachedOperation = 'tools' | 'resources' | 'prompts' | 'lists';

/** How often answers of one operation were found, kept, and why not. */
export interface CacheStatistics {
  /** Answered without a run of its own. */
  readonly hits: number;
  readonly misses: number;
  readonly kept: number;
  /** Not kept: larger than an answer may be. */
  readonly tooLarge: number;
  /** Not kept: an error, a question, or an answer for this call alone. */
  readonly unfit: number;
}

/** What is asked, and by which rule its answer is kept. */
export interface Asked {
  readonly operation: CachedOperation;
  readonly rule: CacheRule;
  /** What makes the answer, besides the caller. */
  readonly what: unknown;
  readonly dependsOn: readonly string[];
  /** Given where the call itself may change something. */
  readonly writes?: Writes | undefined;
}

interface Looked extends Asked {
  readonly key: string;
  readonly stamps: readonly unknown[] | undefined;
}

/** A call that runs; what waits for it is made when somebody does. */
interface Running {
  given?: Promise<KeptAnswer | undefined>;
  tell?: (given: KeptAnswer | undefined) => void;
}

/**
 * Answers by what is kept, and keeps what it had to run for.
 *
 * A call that comes while the same one of the same caller runs waits and is given its answer: slow calls are what caches are for,
 * and those come in crowds. Where that answer is for one call alone each runs by itself, and from then on none waits in vain.
 */
export class Answering implements ChangeListener {
  readonly #kept: KeptAnswers;
  readonly #clock: Clock;
  readonly #heard = new WeakSet<Changes>();
  readonly #running = new Map<string, Running>();
  /** What was for one call alone when it last ran. */
  readonly #unfit = new WeakSet<CacheRule>();
  readonly #counts = new Map<CachedOperation, { -readonly [K in keyof CacheStatistics]: number }>();

  constructor(kept: KeptAnswers, clock: Clock, changes: Changes | undefined) {
    this.#kept = kept;
    this.#clock = clock;
    this.#hear(changes);
  }

  listChanged(method: string): void {
    void this.#kept.outdate(stampKey(method));
  }

  updated(uri: string): void {
    void this.#kept.outdate(stampKey(`resource ${uri}`));
  }

  statistics(): Readonly<Record<CachedOperation, CacheStatistics>> {
    const of = (operation: CachedOperation): CacheStatistics => ({ ...this.#count(operation) });
    return { tools: of('tools'), resources: of('resources'), prompts: of('prompts'), lists: of('lists') };
  }

  /** The answer that is kept; else that of a run, which is kept if it may be. */
  async answer<R extends object>(call: Call, next: Next<never, R>, asked: Asked): Promise<R> {
    const { context } = call as MessageCall;
    const { rule } = asked;
    // An instance made by hand hears of changes from its first call on.
    this.#hear(context.changes);
    const place = { key: keyOf(call, asked), dependsOn: asked.dependsOn };
    const { answer, stamps } = await this.#kept.find(place);
    const count = this.#count(asked.operation);
    if (answer) {
      count.hits++;
      return this.#aged(answer, context, rule);
    }
    // Nothing is waited for in between, or two would lead.
    const running = this.#ofAnother(place.key, context, rule);
    const given = running && (await running);
    if (context.exchange.cancelled) throw context.signal.reason;
    if (given) {
      count.hits++;
      return this.#aged({ ...given, result: structuredClone(given.result) }, context, rule);
    }
    count.misses++;
    return this.#run(call, next, { ...asked, ...place, stamps });
  }

  /** What the same call that is under way is given. One made by a handler does not wait: it may be what that call waits for. */
  #ofAnother(
    key: string,
    context: CallContext,
    rule: CacheRule,
  ): Promise<KeptAnswer | undefined> | undefined {
    const running = this.#running.get(key);
    const asksItself = context.depth > 0 || context.exchange.inProcess;
    if (!running || asksItself || this.#unfit.has(rule)) return undefined;
    return (running.given ??= new Promise((resolve) => {
      running.tell = resolve;
    }));
  }

  /** Runs, and tells those who wait what came of it. */
  async #run<R extends object>(call: Call, next: Next<never, R>, of: Looked): Promise<R> {
    const own: Running = {};
    const leads = !this.#running.has(of.key);
    if (leads) this.#running.set(of.key, own);
    let given: KeptAnswer | undefined;
    try {
      const before = looksOf(call);
      const ended = of.writes?.begin();
      let stamp: string | undefined;
      let result: R;
      try {
        result = await next();
      } finally {
        stamp = await ended?.();
      }
      if (isFit(result, { call, before, rule: of.rule })) given = this.#made(result, of, stamp);
      if (given && of.stamps) await this.#keep(given, of);
      if (given) this.#unfit.delete(of.rule);
      else this.#unfit.add(of.rule);
      return result;
    } finally {
      if (!given) this.#count(of.operation).unfit++;
      if (leads) this.#running.delete(of.key);
      own.tell?.(given);
    }
  }

  /** The answer to keep; undefined where it holds for nobody else, because something may have changed while it was made. */
  #made(result: object, of: Looked, stamp: string | undefined): KeptAnswer | undefined {
    if (of.rule.untilWrite && stamp === undefined) return undefined;
    const stamps = of.rule.untilWrite
      ? of.stamps?.map((each, index) => (of.dependsOn[index] === Writes.STAMP ? stamp : each))
      : of.stamps;
    return { result, at: this.#clock.now(), stamps: stamps ?? [] };
  }

  async #keep(answer: KeptAnswer, of: Looked): Promise<void> {
    const { ttlMs: said } = answer.result as { readonly ttlMs?: unknown };
    const ttlMs = Math.min(of.rule.ttlMs, typeof said === 'number' ? said : Infinity);
    const outcome = await this.#kept.keep(of, answer, ttlMs);
    if (outcome !== 'failed') this.#count(of.operation)[outcome]++;
  }

  /** Clients may keep it for what is left of the time its author gives them. */
  #aged<R extends object>({ result, at }: KeptAnswer, context: CallContext, rule: CacheRule): R {
    const { ttlMs = context.era === 'modern' ? rule.hintMs : undefined } = result as { ttlMs?: unknown };
    if (typeof ttlMs !== 'number') return result as R;
    return { ...(result as R), ttlMs: Math.max(0, ttlMs - (this.#clock.now() - at)) };
  }

  #hear(changes: Changes | undefined): void {
    if (!changes || this.#heard.has(changes)) return;
    this.#heard.add(changes);
    changes.hear(this);
  }

  #count(operation: CachedOperation): { -readonly [K in keyof CacheStatistics]: number } {
    const count = this.#counts.get(operation) ?? { hits: 0, misses: 0, kept: 0, tooLarge: 0, unfit: 0 };
    this.#counts.set(operation, count);
    return count;
  }
}

/** Whether a call says nothing but what its answer is filed under. */
export function isPlain({ params }: Call): boolean {
  return Object.keys(params as object).every((name) => PLAIN.has(name));
}

const PLAIN: ReadonlySet<string> = new Set(['name', 'arguments', 'uri', 'cursor', '_meta']);

/** The same for the same words of the same caller; who may do less is another one. */
function keyOf({ method, context }: Call, { rule, what }: Asked): string {
  const principal = rule.shared ? undefined : context.principal;
  const caller = principal
    ? JSON.stringify([principal.key, [...principal.scopes].sort()])
    : String(rule.shared);
  return answerKey(digestText(`${method} ${context.version} ${rule.of} ${caller} ${canonical(what)}`));
}
