import { isTtl } from '../../components/caching.js';
import { Changes } from '../../context/changes.js';
import { Inject } from '../../decorators/parameters.js';
import { Middleware } from '../../decorators/middleware.js';
import type { Params } from '../../mcp/message.js';
import type { CallToolResult, GetPromptResult, ReadResourceResult } from '../../mcp/types.js';
import { AnswerStore } from '../../records/lasting-store.js';
import { number, shape, type ShapesOf } from '../../records/option-shape.js';
import type { KeyValueStore } from '../../storage/store.js';
import { Logger } from '../../telemetry/logger.js';
import { PinoLogger } from '../../telemetry/pino-logger.js';
import { Clock, SystemClock } from '../../time/clock.js';
import { Ids, RandomIds } from '../../time/ids.js';
import type { Call, MessageCall, Next } from '../call.js';
import type {
  CallToolParams,
  GetPromptParams,
  HookName,
  ListPromptsResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  ListToolsResult,
  MiddlewareHooks,
  ReadResourceParams,
} from '../hooks.js';
import { Answering, isPlain, type CachedOperation, type CacheStatistics } from './answering.js';
import { CacheRules, isReadOnly, type CacheRulesOptions } from './cache-rules.js';
import { checked } from './checked.js';
import { stampKey } from './kept-answers.js';
import { MemoryAnswers } from './memory-answers.js';
import { StoredAnswers } from './stored-answers.js';
import { Writes } from './writes.js';

/** Options of ResponseCaching. */
export interface ResponseCachingOptions extends CacheRulesOptions {
  /**
   * Where answers are kept. Default: the storage of the module; without one encrypted files on macOS and Windows, where
   * `@tenon/storage` is installed, and memory elsewhere. One that is given here is opened and closed by the app.
   */
  readonly storage?: KeyValueStore;
  /** Larger answers are given, and not kept. Default: 1 MB. */
  readonly maxItemBytes?: number;
  /** So much one process keeps at most, about; what has not been used for long makes room. Default: 64 MB. */
  readonly maxBytes?: number;
}

const BYTES = number('a number of bytes above 0', (value) => value > 0 && Number.isFinite(value));
const SECONDS = number('a number of seconds above 0', isTtl);
const OPERATION = shape('true, false or { ttlSeconds }', isSetting('ttlSeconds'));

const SHAPES: ShapesOf<ResponseCachingOptions> = {
  ttlSeconds: SECONDS,
  cacheTools: shape(
    'true, false or { ttlSeconds, include, exclude }',
    isSetting('ttlSeconds', 'include', 'exclude'),
  ),
  cacheResources: OPERATION,
  cachePrompts: OPERATION,
  cacheLists: OPERATION,
  storage: shape(
    'a KeyValueStore',
    (value) => typeof (value as KeyValueStore | null)?.getMany === 'function',
  ),
  maxItemBytes: BYTES,
  maxBytes: BYTES,
};

/**
 * Answers what has been answered before, to the same caller, without running it again.
 *
 * Kept are results that nothing but the arguments and the caller has made: no errors, no questions, nothing that has sent progress or
 * read the session. What is listed behind it does not run for a kept answer; put what refuses in front of it.
 */
@Middleware({
  role: 'answers',
  unchecked: true,
  options: SHAPES,
  hooks: ({ cacheLists }: ResponseCachingOptions) => (cacheLists ? LIST_HOOKS : []),
})
export class ResponseCaching implements MiddlewareHooks {
  declare onListTools?: ListHook<ListToolsResult>;
  declare onListResources?: ListHook<ListResourcesResult>;
  declare onListResourceTemplates?: ListHook<ListResourceTemplatesResult>;
  declare onListPrompts?: ListHook<ListPromptsResult>;
  readonly #rules: CacheRules;
  readonly #answering: Answering;
  readonly #writes: Writes;

  constructor(
    options: ResponseCachingOptions = {},
    @Inject(AnswerStore) store?: KeyValueStore,
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(Logger) logger: Logger = PinoLogger.create({ name: 'ResponseCaching', level: 'info' }),
    @Inject(Ids) ids: Ids = new RandomIds(),
    @Inject(Changes) changes?: Changes,
  ) {
    const {
      storage,
      maxItemBytes = 1_000_000,
      maxBytes = 64_000_000,
    } = checked('ResponseCaching', options, SHAPES);
    const sizes = { maxItemBytes, maxBytes };
    const place = storage ?? store;
    const kept = place
      ? new StoredAnswers({ ...sizes, store: place, ids, logger })
      : new MemoryAnswers(clock, sizes);
    this.#rules = new CacheRules(options);
    this.#answering = new Answering(kept, clock, changes);
    this.#writes = new Writes(kept);
    const { list } = this.#rules;
    if (!list) return;
    const answer: ListHook<never> = (call, next) =>
      isPlain(call)
        ? this.#answering.answer(call, next, {
            operation: 'lists',
            rule: list,
            // The lists of a session may be its own.
            what: [
              call.method,
              call.params.cursor ?? null,
              (call as MessageCall).context.exchange.session?.id ?? null,
            ],
            dependsOn: [stampKey(call.method)],
          })
        : next();
    for (const hook of LIST_HOOKS) Object.defineProperty(this, hook, { value: answer });
  }

  /** How often answers were found, kept, and why not. */
  statistics(): Readonly<Record<CachedOperation, CacheStatistics>> {
    return this.#answering.statistics();
  }

  onCallTool(call: Call<CallToolParams>, next: Next<CallToolParams, CallToolResult>) {
    const { component } = call;
    const reads = !this.#rules.untilWrite || (component && isReadOnly(component));
    const rule = component && this.#rules.of(component);
    if (!rule || !isPlain(call)) return reads ? next() : this.#writes.run(next);
    return this.#answering.answer(call, next, {
      operation: 'tools',
      rule,
      what: call.params.arguments ?? {},
      dependsOn: rule.untilWrite ? IDEMPOTENT : TOOL,
      writes: reads ? undefined : this.#writes,
    });
  }

  onReadResource(call: Call<ReadResourceParams>, next: Next<ReadResourceParams, ReadResourceResult>) {
    const { component, params } = call;
    const rule = component && this.#rules.of(component);
    if (!rule || !isPlain(call)) return next();
    return this.#answering.answer(call, next, {
      operation: 'resources',
      rule,
      what: params.uri,
      dependsOn: [component.kind === 'template' ? TEMPLATE : RESOURCE, stampKey(`resource ${params.uri}`)],
    });
  }

  onGetPrompt(call: Call<GetPromptParams>, next: Next<GetPromptParams, GetPromptResult>) {
    const { component, params } = call;
    const rule = component && this.#rules.of(component);
    if (!rule || !isPlain(call)) return next();
    return this.#answering.answer(call, next, {
      operation: 'prompts',
      rule,
      what: params.arguments ?? {},
      dependsOn: PROMPT,
    });
  }
}

const TOOL: readonly string[] = [stampKey('tools/list')];
const IDEMPOTENT: readonly string[] = [...TOOL, Writes.STAMP];
const RESOURCE = stampKey('resources/list');
const TEMPLATE = stampKey('resources/templates/list');
const PROMPT: readonly string[] = [stampKey('prompts/list')];

type ListHook<R> = (call: Call<Params>, next: Next<never, R>) => R | Promise<R>;

const LIST_HOOKS: readonly HookName[] = [
  'onListTools',
  'onListResources',
  'onListResourceTemplates',
  'onListPrompts',
];

function isSetting(...options: readonly string[]): (value: unknown) => boolean {
  return (value) => {
    if (typeof value === 'boolean') return true;
    if (typeof value !== 'object' || value === null) return false;
    const { ttlSeconds = 1, ...lists } = value as Record<string, unknown>;
    return (
      SECONDS.admits(ttlSeconds) &&
      Object.entries(lists).every(([option, list]) => options.includes(option) && Array.isArray(list))
    );
  };
}
