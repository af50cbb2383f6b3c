import type { CallContext } from '../../context/call-context.js';
import type { ChangeListener, Changes } from '../../context/changes.js';
import { digest } from '../../mcp/digest.js';
import type { Clock } from '../../time/clock.js';
import type { Call, MessageCall } from '../call.js';
import type { CacheRule } from './cache-rules.js';
import { isFit, looksOf } from './is-fit.js';
import type { KeptAnswers } from './kept-answers.js';

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

/** What a run has given. */
export interface Ran<R> {
  readonly result: R;
  /** What it has changed of what its own answer depends on; without a stamp the answer is not kept. */
  readonly restamped?: { readonly name: string; readonly stamp: string | undefined };
}

/** What is asked, and by which rule its answer is kept. */
export interface Asked {
  readonly operation: CachedOperation;
  readonly rule: CacheRule;
  /** What makes the answer, besides the caller. */
  readonly what: unknown;
  readonly dependsOn: readonly string[];
}

interface Looked extends Asked {
  readonly key: string;
  readonly stamps: readonly unknown[] | undefined;
}

/** An answer that is there, whether or not the store has it. */
interface Given {
  readonly text: string;
  readonly at: number;
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
  readonly #running = new Map<string, Promise<Given | undefined>>();
  /** What was for one call alone when it last ran. */
  readonly #unfit = new WeakSet<CacheRule>();
  readonly #counts = new Map<CachedOperation, { -readonly [K in keyof CacheStatistics]: number }>();

  constructor(kept: KeptAnswers, clock: Clock, changes: Changes | undefined) {
    this.#kept = kept;
    this.#clock = clock;
    this.#hear(changes);
  }

  listChanged(method: string): void {
    void this.#kept.outdate(method);
  }

  updated(uri: string): void {
    void this.#kept.outdate(`resource ${uri}`);
  }

  statistics(): Readonly<Record<CachedOperation, CacheStatistics>> {
    const of = (operation: CachedOperation): CacheStatistics => ({ ...this.#count(operation) });
    return { tools: of('tools'), resources: of('resources'), prompts: of('prompts'), lists: of('lists') };
  }

  /** The answer that is kept; else that of a run, which is kept if it may be. */
  async answer<R extends object>(call: Call, run: () => Promise<Ran<R>>, asked: Asked): Promise<R> {
    const { context } = call as MessageCall;
    // An instance made by hand hears of changes from its first call on.
    this.#hear(context.changes);
    const place = { key: keyOf(call, asked), dependsOn: asked.dependsOn };
    const { answer, stamps } = await this.#kept.find(place);
    const count = this.#count(asked.operation);
    if (answer) {
      count.hits++;
      return this.#aged(answer.result as R, answer.at, { context, rule: asked.rule });
    }
    // Nothing is waited for in between, or two would lead.
    const running = this.#ofAnother(place.key, context, asked.rule);
    const given = running && (await running);
    if (context.exchange.cancelled) throw context.signal.reason;
    if (given) {
      count.hits++;
      return this.#aged(JSON.parse(given.text) as R, given.at, { context, rule: asked.rule });
    }
    count.misses++;
    return this.#lead(call, run, { ...asked, ...place, stamps });
  }

  /** What the same call that is under way is given. One made by a handler does not wait: it may be what that call waits for. */
  #ofAnother(key: string, context: CallContext, rule: CacheRule): Promise<Given | undefined> | undefined {
    const asksItself = context.depth > 0 || context.exchange.inProcess;
    return asksItself || this.#unfit.has(rule) ? undefined : this.#running.get(key);
  }

  /** Runs, and tells those who wait what came of it. */
  async #lead<R extends object>(call: Call, run: () => Promise<Ran<R>>, of: Looked): Promise<R> {
    if (this.#running.has(of.key)) return (await this.#run(call, run, of)).result;
    const running = this.#run(call, run, of);
    const given = running.then(
      (answered) => answered.given,
      () => undefined,
    );
    this.#running.set(of.key, given);
    try {
      return (await running).result;
    } finally {
      this.#running.delete(of.key);
    }
  }

  async #run<R extends object>(
    call: Call,
    run: () => Promise<Ran<R>>,
    of: Looked,
  ): Promise<{ readonly result: R; readonly given: Given | undefined }> {
    const before = looksOf(call);
    let given: Given | undefined;
    try {
      const ran = await run();
      if (isFit(ran.result, { call, before, rule: of.rule })) given = await this.#keep(ran, of);
      if (given) this.#unfit.delete(of.rule);
      else this.#unfit.add(of.rule);
      return { result: ran.result, given };
    } finally {
      if (!given) this.#count(of.operation).unfit++;
    }
  }

  async #keep({ result, restamped }: Ran<object>, of: Looked): Promise<Given | undefined> {
    if (restamped && restamped.stamp === undefined && of.rule.untilWrite) return undefined;
    const text = textOf(result);
    if (text === undefined) return undefined;
    const at = this.#clock.now();
    if (of.stamps) {
      const stamps = of.stamps.map((stamp, index) =>
        of.dependsOn[index] === restamped?.name ? restamped?.stamp : stamp,
      );
      const { ttlMs: said } = result as { readonly ttlMs?: unknown };
      const ttlMs = Math.min(of.rule.ttlMs, typeof said === 'number' ? said : Infinity);
      const bytes = Buffer.byteLength(text);
      const outcome = await this.#kept.keep(of, { answer: { result, at, stamps }, bytes, ttlMs });
      if (outcome !== 'failed') this.#count(of.operation)[outcome]++;
    }
    return { text, at };
  }

  /** Clients may keep it for what is left of the time its author gives them. */
  #aged<R extends object>(
    result: R,
    at: number,
    { context, rule }: { readonly context: CallContext; readonly rule: CacheRule },
  ): R {
    const { ttlMs = context.era === 'modern' ? rule.hintMs : undefined } = result as { ttlMs?: unknown };
    if (typeof ttlMs !== 'number') return result;
    return { ...result, ttlMs: Math.max(0, ttlMs - (this.#clock.now() - at)) };
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
  const caller = principal ? [principal.key, [...principal.scopes].sort()] : rule.shared;
  return digest([method, context.version, rule.of, caller, what]);
}

/** A result as JSON; undefined where JSON cannot carry it. */
function textOf(result: object): string | undefined {
  try {
    return JSON.stringify(result);
  } catch {
    return undefined;
  }
}
