import type { CallContext } from '../../context/call-context.js';
import type { ChangeListener, Changes } from '../../context/changes.js';
import { canonical } from '../../mcp/digest.js';
import type { Clock } from '../../time/clock.js';
import type { Call, MessageCall, Next } from '../call.js';
import type { CacheRule } from './cache-rules.js';
import { isFit, looksOf } from './is-fit.js';
import { stampKey, type Kept, type KeptAnswer, type KeptAnswers, type Look } from './kept-answers.js';
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

type Counts = { -readonly [K in keyof CacheStatistics]: number };

function none(): Counts {
  return { hits: 0, misses: 0, kept: 0, tooLarge: 0, unfit: 0 };
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

/** One call that asks. */
interface Asking<R> {
  readonly call: Call;
  readonly next: Next<never, R>;
  readonly asked: Asked;
  readonly key: string;
  /** What they were when it looked, and found nothing; undefined where nothing can be kept. */
  stamps: readonly unknown[] | undefined;
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
  readonly #forOneCall = new WeakSet<CacheRule>();
  readonly #counts: Readonly<Record<CachedOperation, Counts>> = {
    tools: none(),
    resources: none(),
    prompts: none(),
    lists: none(),
  };

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
    const { tools, resources, prompts, lists } = this.#counts;
    return { tools: { ...tools }, resources: { ...resources }, prompts: { ...prompts }, lists: { ...lists } };
  }

  /** The answer that is kept; else that of a run, which is kept if it may be. */
  answer<R extends object>(call: Call, next: Next<never, R>, asked: Asked): R | Promise<R> {
    const { context } = call as MessageCall;
    // An instance made by hand hears of changes from its first call on.
    this.#hear(context.changes);
    const key = this.#kept.keyOf(`${this.#head(context, asked.rule)} ${canonical(asked.what)}`);
    const look = this.#kept.find({ key, dependsOn: asked.dependsOn });
    const of: Asking<R> = { call, next, asked, key, stamps: undefined };
    return look instanceof Promise ? look.then((found) => this.#looked(of, found)) : this.#looked(of, look);
  }

  #looked<R extends object>(of: Asking<R>, { answer, stamps }: Look): R | Promise<R> {
    if (answer) return this.#given(answer, of);
    of.stamps = stamps;
    return this.#missed(of);
  }

  #given<R extends object>(answer: KeptAnswer, { call, asked }: Asking<R>): R {
    this.#counts[asked.operation].hits++;
    return this.#aged(answer, (call as MessageCall).context, asked.rule);
  }

  /** Nothing is waited for between the look and the start of a run, or two would lead. */
  #missed<R extends object>(of: Asking<R>): Promise<R> {
    refuseCancelled(of.call);
    const running = this.#running.get(of.key);
    const other = running && this.#ofAnother(running, of);
    return other ? this.#follow(other, of) : this.#run(of, !running);
  }

  /** Waits for the run of another; where its answer is for it alone, makes its own. */
  async #follow<R extends object>(running: Promise<KeptAnswer | undefined>, of: Asking<R>): Promise<R> {
    const given = await running;
    refuseCancelled(of.call);
    if (!given) return this.#run(of, !this.#running.has(of.key));
    return this.#given({ ...given, result: structuredClone(given.result) }, of);
  }

  /** What the same call that is under way is given. One made by a handler does not wait: it may be what that call waits for. */
  #ofAnother(
    running: Running,
    { call, asked }: Asking<unknown>,
  ): Promise<KeptAnswer | undefined> | undefined {
    if (this.#forOneCall.has(asked.rule)) return undefined;
    const { context } = call as MessageCall;
    const asksItself = context.depth > 0 || context.exchange.inProcess;
    if (asksItself) return undefined;
    return (running.given ??= new Promise((resolve) => {
      running.tell = resolve;
    }));
  }

  /** Runs, and tells those who wait what came of it. */
  async #run<R extends object>(of: Asking<R>, leads: boolean): Promise<R> {
    const { call, asked, key } = of;
    const count = this.#counts[asked.operation];
    count.misses++;
    const own: Running = {};
    if (leads) this.#running.set(key, own);
    let given: KeptAnswer | undefined;
    try {
      const before = looksOf(call);
      const ended = asked.writes?.begin();
      let stamp: unknown;
      let result: R;
      try {
        result = await of.next();
      } finally {
        if (ended) stamp = await ended();
      }
      if (isFit(result, { call, before, rule: asked.rule })) given = this.#made(result, of, stamp);
      if (given && of.stamps) {
        const kept = this.#keep(given, of);
        const outcome = kept instanceof Promise ? await kept : kept;
        if (outcome === 'unfit') given = undefined;
        else if (outcome !== 'failed') count[outcome]++;
      }
      if (given) this.#forOneCall.delete(asked.rule);
      else this.#forOneCall.add(asked.rule);
      return result;
    } finally {
      if (!given) count.unfit++;
      if (leads) this.#running.delete(key);
      own.tell?.(given);
    }
  }

  /** The answer to keep; undefined where it holds for nobody else, because something may have changed while it was made. */
  #made(result: object, { asked, stamps = [] }: Asking<unknown>, stamp: unknown): KeptAnswer | undefined {
    const at = this.#clock.now();
    if (!asked.rule.untilWrite) return { result, at, stamps };
    if (stamp === undefined) return undefined;
    const own = stamps.map((each, index) => (asked.dependsOn[index] === Writes.STAMP ? stamp : each));
    return { result, at, stamps: own };
  }

  #keep(answer: KeptAnswer, { key, asked }: Asking<unknown>): Kept | Promise<Kept> {
    const { ttlMs: said } = answer.result as { readonly ttlMs?: unknown };
    const ttlMs = Math.min(asked.rule.ttlMs, typeof said === 'number' ? said : Infinity);
    return this.#kept.keep(key, answer, ttlMs);
  }

  /** Clients may keep it for what is left of the time its author gives them. */
  #aged<R extends object>({ result, at }: KeptAnswer, context: CallContext, rule: CacheRule): R {
    const { ttlMs = context.era === 'modern' ? rule.hintMs : undefined } = result as { ttlMs?: unknown };
    if (typeof ttlMs !== 'number') return result as R;
    return { ...(result as R), ttlMs: Math.max(0, ttlMs - (this.#clock.now() - at)) };
  }

  /** What the questions of one caller about one thing begin with: who may do less is another caller. */
  #head(context: CallContext, { of, shared, heads }: CacheRule): string {
    const { version } = context;
    let head = heads.get(version);
    if (head === undefined) heads.set(version, (head = this.#kept.headOf(`${of} ${version} ${shared}`)));
    if (shared) return head;
    // Not above: to look at the caller makes the answer that asks for this one the caller's own.
    const { principal } = context;
    if (!principal) return head;
    return `${head} ${JSON.stringify([principal.key, [...principal.scopes].sort()])}`;
  }

  #hear(changes: Changes | undefined): void {
    if (!changes || this.#heard.has(changes)) return;
    this.#heard.add(changes);
    changes.hear(this);
  }
}

/** Whether a call says nothing but what its answer is filed under. */
export function isPlain({ params }: Call): boolean {
  return Object.keys(params as object).every((name) => PLAIN.has(name));
}

const PLAIN: ReadonlySet<string> = new Set(['name', 'arguments', 'uri', 'cursor', '_meta']);

function refuseCancelled(call: Call): void {
  const { context } = call as MessageCall;
  if (context.exchange.cancelled) throw context.signal.reason;
}
