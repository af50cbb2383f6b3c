import type { ConcreteClass, Provider } from '../di/provider.js';
import type { OnDuplicate } from '../components/on-duplicate.js';
import type { Context } from '../context/context.js';
import type { Params } from '../mcp/message.js';
import type { CreateMessageResult } from '../mcp/types.js';
import type { IconSource } from '../mcp/icon.js';
import type { InjectionToken } from '../di/token.js';
import type { Bus } from '../storage/bus.js';
import type { AtomicStore } from '../storage/store.js';
import { recordKind, type Constructor } from '../metadata/registry.js';
import type { ValidationMode } from '../schema/schema.js';
import type { LogLevel } from '../telemetry/logger.js';
import type { InlineComponent } from './inline-component.js';
import type { MiddlewareListing } from './middleware-record.js';

/** Answers `ctx.sample()` with a model of the server's own. */
export interface SamplingHandler {
  /** What the client's model would have answered to these parameters of `sampling/createMessage`. */
  createMessage(params: Params, context: Context): CreateMessageResult | Promise<CreateMessageResult>;
}

/** What handlers keep with `ctx.setState()`, and where. */
export interface StateOptions {
  /** Default: the app's AtomicStore. */
  readonly store?: InjectionToken<AtomicStore>;
  /** How long it is kept after it was last changed, in milliseconds. Default: a day. */
  readonly ttlMs?: number;
  /** How much one session, user or handle may keep, and how large one value of the server may be. Default: 64 KiB. */
  readonly maxBytes?: number;
  /** How many session handles one caller may have, or one address where callers are anonymous. Default: 1000. */
  readonly maxHandles?: number;
}

/** What a module is made of. */
export interface ModuleOptions {
  /** Name of the server, for clients. Default: the name in the app's package.json, else the class's. */
  readonly name?: string;
  /** Default: the version in the app's package.json. */
  readonly version?: string;
  /** What clients tell the model about this server. */
  readonly instructions?: string;
  readonly websiteUrl?: string;
  /** What clients show beside the server's name. */
  readonly icons?: readonly IconSource[];
  /** Modules whose handlers join this server, and whose exports can be injected here. */
  readonly imports?: readonly (Constructor | DynamicModule)[];
  /** What can be injected in this module. The root's own KeyValueStore, Bus and the like stand for those of the server. */
  readonly providers?: readonly Provider[];
  /** What modules that import this one may inject: tokens it provides or sees, and imported modules whose exports it passes on. */
  readonly exports?: readonly (InjectionToken | DynamicModule)[];
  /** Whether every module sees what this one exports, without an import. */
  readonly global?: boolean;
  /** Classes with @Lifespan: opened at the start, closed at the end, in the order of their needs. */
  readonly lifespans?: readonly ConcreteClass[];
  /** Classes whose decorated methods are the server's components. */
  readonly handlers?: readonly ConcreteClass[];
  /** Components without a class: `tool({ … })`, `resource({ … })`, `prompt({ … })`. */
  readonly components?: readonly InlineComponent[];
  /** Two components of one kind and name: `error` tells it at the start, `replace` and `warn` keep the later, `ignore` the earlier. Default: `error`. */
  readonly onDuplicate?: OnDuplicate;
  /** How many components a page of a list has. Default: all. */
  readonly pageSize?: number;
  /**
   * How long clients of 2026-07-28 may keep the lists, and what the server says of itself, in milliseconds. Default: 0, not at all,
   * because only those that listen hear of a change before.
   */
  readonly listTtlMs?: number;
  /**
   * Secrets of at least 32 characters that seal what a suspended call remembers: the first seals, all of them open.
   * Every process of a fleet needs the same. Default: one that ends with the process.
   */
  readonly secrets?: readonly string[];
  /** Lets `currentContext()` find the Context from anywhere below a handler, for some cost to every call. Default: `false`. */
  readonly currentContext?: boolean;
  /** A model of the server's own, for clients without one; with `always` in place of theirs. */
  readonly sampling?: { readonly handler: InjectionToken<SamplingHandler>; readonly always?: boolean };
  /** Where state is kept, and how much of it. */
  readonly state?: StateOptions;
  /**
   * Where the server keeps what outlives a message, unless a consumer names a store of its own: `new RedisStore({ url })`. It is
   * opened at the start and closed at the end. Default: memory; for what asks for a LastingStore, what the platform offers.
   */
  readonly storage?: AtomicStore;
  /** What carries news between the processes of the server, and keeps streams that are taken up again. Default: memory. */
  readonly bus?: Bus;
  /** What stands before the handlers, outermost first. */
  readonly middleware?: readonly MiddlewareListing[];
  /**
   * `lax` reads strings as the numbers, booleans, arrays and objects that tools declare, where the strict check has refused
   * them: models send such. `strict` does not. Default: `lax`.
   */
  readonly validation?: ValidationMode;
  /** `errors`: clients read the text of every error. By default it goes to the log, and a reference to it to the client. */
  readonly expose?: 'errors';
  /** The least severe line of the server's own log. Default: `info`. */
  readonly logLevel?: LogLevel;
}

/** The lists that an import may add to. */
export const ADDED_LISTS = [
  'imports',
  'providers',
  'exports',
  'lifespans',
  'handlers',
  'components',
  'middleware',
] as const satisfies readonly (keyof ModuleOptions)[];

/**
 * A module with more than its decorator says, as `static forRoot(options)` returns it; what is added stands in front.
 *
 * Each object is a module of its own: to import the same one twice, keep the object.
 */
export interface DynamicModule extends Pick<ModuleOptions, 'global' | (typeof ADDED_LISTS)[number]> {
  readonly module: Constructor;
}

/** The options of a class with @McpModule. */
export const MODULE = recordKind<ModuleOptions>('module');
