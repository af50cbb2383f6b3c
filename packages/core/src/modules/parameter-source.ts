import { injected, isErased, seenType } from '../di/constructor-tokens.js';
import { INJECT, INJECTABLE } from '../di/records.js';
import type { RequestPlan } from '../di/request-plan.js';
import type { InjectionToken } from '../di/token.js';
import type { CallContext } from '../context/call-context.js';
import { Context } from '../context/context.js';
import { Principal } from '../context/principal.js';
import { FrameworkError } from '../errors/framework-error.js';
import { parameterTypes } from '../metadata/design-types.js';
import { registry, type Constructor, type RecordKind } from '../metadata/registry.js';
import { COMPLETE } from '../records/complete-record.js';
import { ENTRY_POINT } from '../records/entry-point-record.js';
import { FROM_CALL } from '../records/from-call-record.js';
import { PROMPT } from '../records/prompt-record.js';
import { RESOURCE } from '../records/resource-record.js';
import { ON_SESSION } from '../records/session-record.js';
import { ARG, ARGS, CONTEXT, TOOL, type ArgRecord } from '../records/tool-record.js';
import type { ClassOf, SchemaSource } from '../schema/schema.js';
import { Logger } from '../telemetry/logger.js';
import { readMethodText, type MethodText } from '../text/method-text.js';
import { noSource } from './no-source.js';

/** Where the value of one parameter of a handler comes from. */
export type ParameterSource =
  | { readonly from: 'arguments'; readonly schema: SchemaSource }
  | {
      readonly from: 'argument';
      readonly name: string;
      readonly arg: ArgRecord | undefined;
      readonly type: PlainType | undefined;
    }
  | { readonly from: 'container'; readonly token: InjectionToken; readonly optional?: true }
  | { readonly from: 'context'; readonly take: (context: CallContext) => unknown }
  /** What whoever calls an entry point hands over, the first, the second and so on. */
  | { readonly from: 'caller'; readonly index: number };

type PlainType = 'string' | 'number' | 'boolean';

/** A method whose parameters are read. */
export interface HandlerMethod {
  readonly owner: Constructor;
  /** What the module that lists the class sees. */
  readonly plan: RequestPlan;
  readonly name: string;
  /** `Class.method()`, for error texts. */
  readonly label: string;
  readonly text: MethodText | undefined;
  /** What whoever calls it hands over, where it has that instead of arguments. */
  readonly given?: readonly string[];
}

const PLAIN = new Map<unknown, PlainType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
]);

const FROM_CONTEXT = new Map<unknown, (context: CallContext) => unknown>([
  [Context, (context) => context],
  [Principal, (context) => context.principal],
  [Logger, (context) => context.logger],
  [AbortSignal, (context) => context.signal],
]);

/** A method as its parameters are read from it. */
export function handlerMethod(owner: Constructor, name: string, plan: RequestPlan): HandlerMethod {
  return { owner, name, plan, label: `${owner.name}.${name}()`, text: readMethodText(owner, name) };
}

/** The source of every parameter, or a mistake naming the first that has none. */
export function parameterSources(
  method: HandlerMethod,
  input: SchemaSource | undefined,
): readonly ParameterSource[] {
  const types = parameterTypes(method.owner, method.name);
  const records = {
    args: recordsAt(ARGS, method),
    arg: recordsAt(ARG, method),
    inject: recordsAt(INJECT, method),
    context: recordsAt(CONTEXT, method),
    call: recordsAt(FROM_CALL, method),
  };
  const declared = (method.owner.prototype as Record<string, { length: number }>)[method.name]?.length ?? 0;
  const marked = Object.values(records).flatMap((of) => [...of.keys()].map((index) => index + 1));
  const count = Math.max(declared, types?.length ?? 0, method.text?.parameters.length ?? 0, ...marked);
  const sources = Array.from({ length: count }, (_, index): ParameterSource => {
    const type = types?.[index];
    if (records.args.has(index))
      return {
        from: 'arguments',
        schema: records.args.get(index) ?? input ?? argsClass(type, index, method),
      };
    if (records.inject.has(index))
      return { from: 'container', token: injectedToken(records.inject.get(index), index, method) };
    if (records.context.has(index)) return { from: 'context', take: (context) => context };
    const take = records.call.get(index);
    if (take) return { from: 'context', take: (context) => take(context, context.exchange) };
    const arg = records.arg.get(index);
    if (arg && !method.text?.parameters[index]?.rest)
      return { from: 'argument', name: arg.name, arg, type: PLAIN.get(type) };
    return byType(type, index, { method, input, compiled: types !== undefined });
  });
  return method.given ? handedOver(sources, method.given, method) : sources;
}

function injectedToken(
  record: Parameters<typeof injected>[0],
  index: number,
  method: HandlerMethod,
): InjectionToken {
  const token = injected(record);
  if (token !== undefined) return token;
  throw new FrameworkError('ERR_DI_TYPE_ERASED', { owner: method.label, index, seen: seenType(token) });
}

function byType(
  type: unknown,
  index: number,
  of: { method: HandlerMethod; input: SchemaSource | undefined; compiled: boolean },
): ParameterSource {
  const { method, input, compiled } = of;
  const known = byItself(type);
  if (known) return known;
  if (method.given && isErased(type) && !PLAIN.has(type)) return { from: 'caller', index };
  if (index === 0 && input) return { from: 'arguments', schema: input };
  const text = method.text?.parameters[index];
  // Compilers write no type for `days = 3`; its default says it.
  const plain =
    PLAIN.get(type) ?? (type === Object || type === undefined ? plainType(text?.default?.value) : undefined);
  if (plain && !text?.rest)
    return { from: 'argument', name: plainName(method, index), arg: undefined, type: plain };
  throw noSource(type, index, { method, compiled });
}

/** The source of a parameter whose type alone says it. */
function byItself(type: unknown): ParameterSource | undefined {
  const take = FROM_CONTEXT.get(type);
  if (take) return { from: 'context', take };
  const isService =
    typeof type === 'function' && registry.find(INJECTABLE, type as Constructor) !== undefined;
  return isService ? { from: 'container', token: type as Constructor } : undefined;
}

/** What is handed over goes to the parameters that nothing else says a source of, in their order. */
function handedOver(
  sources: readonly ParameterSource[],
  given: readonly string[],
  method: HandlerMethod,
): readonly ParameterSource[] {
  let next = 0;
  return sources.map((source, index) => {
    const { from } = source;
    if (from === 'caller' && next < given.length) return { from, index: next++ };
    if (from === 'context' || from === 'container') return source;
    const name = method.text?.parameters[index]?.name;
    throw new FrameworkError('ERR_PARAM_NO_SOURCE', {
      index,
      method: method.label,
      name: name === undefined ? '' : ` ("${name}")`,
      seen: 'the method is not called with arguments by name',
      cure: `It is called with ${given.join(' and ')}; take anything else from the container or the call: @Inject(Token), Context, Logger.`,
    });
  });
}

function plainType(value: unknown): PlainType | undefined {
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : undefined;
}

function plainName(method: HandlerMethod, index: number): string {
  const name = method.text?.parameters[index]?.name;
  if (name !== undefined) return name;
  const setting = method.text ? '' : ', and each method on lines of its own';
  throw new FrameworkError('ERR_PARAM_NAME_LOST', { index, method: method.label, setting });
}

function argsClass(type: unknown, index: number, method: HandlerMethod): SchemaSource {
  if (!isErased(type)) return type as ClassOf;
  throw new FrameworkError('ERR_PARAM_NO_SOURCE', {
    index,
    method: method.label,
    name: '',
    seen: `@Args() stands before the type ${seenType(type)}`,
    cure: 'Give the parameter a class with validators as its type, imported as a value, or name the schema: @Args(Schema).',
  });
}

/** What decorators wrote on the parameters, in the class that last decorated the method: none of its ancestors' is mixed in. */
export function recordsAt<R>(kind: RecordKind<R>, { owner, name }: HandlerMethod): ReadonlyMap<number, R> {
  const decorated = decoratedClass(owner, name);
  const entries = registry
    .own(kind, decorated)
    .filter((entry) => entry.method === name && entry.index !== undefined);
  return new Map(entries.map((entry) => [entry.index ?? 0, entry.record]));
}

/** The class, of those this one descends from, that last put a decorator of a handler on a method. */
function decoratedClass(owner: Constructor, name: string): Constructor {
  const owners = HANDLER_KINDS.flatMap((kind: RecordKind<unknown>) =>
    registry.inherited(kind, owner).flatMap((entry) => (entry.method === name ? [entry.owner] : [])),
  );
  // The one that descends from all others.
  return owners.find((each) => owners.every((other) => each === other || isA(each, other))) ?? owner;
}

const HANDLER_KINDS = [TOOL, RESOURCE, PROMPT, COMPLETE, ON_SESSION, ENTRY_POINT] as const;

function isA(cls: Constructor, ancestor: Constructor): boolean {
  return Object.prototype.isPrototypeOf.call(ancestor, cls);
}
