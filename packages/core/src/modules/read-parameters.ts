import { injected, isErased, seenType } from '../di/constructor-tokens.js';
import { INJECT, INJECTABLE } from '../di/records.js';
import type { InjectionToken } from '../di/token.js';
import type { CallContext } from '../context/call-context.js';
import { Context } from '../context/context.js';
import { Principal } from '../context/principal.js';
import { UserSession } from '../context/user-session.js';
import { FrameworkError } from '../errors/framework-error.js';
import { Mistakes } from '../errors/mistakes.js';
import { parameterTypes } from '../metadata/design-types.js';
import { registry, type Constructor } from '../metadata/registry.js';
import { FROM_CALL, type TakeFromCall } from '../records/from-call-record.js';
import { ARG, ARGS, CONTEXT, type ArgOptions, type ArgRecord } from '../records/tool-record.js';
import type { ClassOf, SchemaSource } from '../schema/schema.js';
import { Logger } from '../telemetry/logger.js';
import { checkOptions } from './check-options.js';
import { writeArg, type Loss, type LostSource } from './lost-source.js';
import { isContextName, noSource } from './no-source.js';
import { SHAPES } from './option-shapes.js';
import { recordsAt, type HandlerMethod, type ParameterSource, type PlainType } from './parameter-source.js';

const PLAIN = new Map<unknown, PlainType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
]);

const FROM_CONTEXT = new Map<unknown, (context: CallContext) => unknown>([
  [Context, (context) => context],
  [Principal, (context) => context.principal],
  [UserSession, (context) => context.openState().user],
  [Logger, (context) => context.logger],
  [AbortSignal, (context) => context.signal],
]);

type Source = ParameterSource | LostSource;

/** What is known of the parameters of one method. */
interface Known {
  readonly method: HandlerMethod;
  readonly input: SchemaSource | undefined;
  readonly mistakes: Mistakes;
  /** What the compiler wrote; undefined if it wrote nothing. */
  readonly types: readonly unknown[] | undefined;
  /** How many parameters stand before the first with a default. */
  readonly demanded: number;
  readonly args: ReadonlyMap<number, SchemaSource | undefined>;
  readonly arg: ReadonlyMap<number, ArgRecord>;
  readonly inject: ReadonlyMap<number, Parameters<typeof injected>[0]>;
  readonly context: ReadonlyMap<number, true>;
  readonly call: ReadonlyMap<number, TakeFromCall>;
}

/** The source of every parameter, or a mistake for each that has none. */
export function parameterSources(method: HandlerMethod, input: SchemaSource | undefined): readonly Source[] {
  const mistakes = new Mistakes();
  const known: Known = {
    method,
    input,
    mistakes,
    types: parameterTypes(method.owner, method.name),
    demanded: (method.owner.prototype as Record<string, { length: number }>)[method.name]?.length ?? 0,
    args: recordsAt(ARGS, method),
    arg: recordsAt(ARG, method),
    inject: recordsAt(INJECT, method),
    context: recordsAt(CONTEXT, method),
    call: recordsAt(FROM_CALL, method),
  };
  const sources: (Source | undefined)[] = [];
  const count = countOf(known);
  for (let index = 0; index < count; index++) sources.push(mistakes.attempt(() => sourceOf(index, known)));
  mistakes.throwIfAny(method.label);
  return method.given
    ? handedOver(sources as readonly Source[], method.given, method)
    : (sources as readonly Source[]);
}

/** How many parameters there are, by all that knows of some. */
function countOf({ method, types, demanded, args, arg, inject, context, call }: Known): number {
  let count = Math.max(demanded, types?.length ?? 0, method.text?.parameters.length ?? 0);
  for (const records of [args, arg, inject, context, call])
    for (const index of records.keys()) count = Math.max(count, index + 1);
  return count;
}

function sourceOf(index: number, known: Known): Source {
  const { method, input, args, arg, inject, context, call } = known;
  if (args.has(index)) {
    const schema = args.get(index) ?? input;
    if (schema) return { from: 'arguments', schema };
    if (!known.types) return { from: 'lost', lost: ['type'], write: '@Args(Class)' };
    return { from: 'arguments', schema: argsClass(known.types[index], index, method) };
  }
  if (inject.has(index)) return { from: 'container', token: injectedToken(inject.get(index), index, method) };
  if (context.has(index)) return { from: 'context', take: (of) => of };
  const take = call.get(index);
  if (take) return { from: 'context', take: (of) => fromCall(take, of) };
  const record = arg.get(index);
  if (record && !method.text?.parameters[index]?.rest) return argument(record, index, known);
  return byType(index, known);
}

/** The exchange tells more than a context does, and nobody sees what of it was read. */
function fromCall(take: TakeFromCall, context: CallContext): unknown {
  if (take.length !== 1) context.looked('own');
  return take(context, context.exchange);
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

/** One argument as @Arg names it. */
function argument(arg: ArgRecord, index: number, known: Known): Source {
  const { validators } = arg;
  const { method, mistakes } = known;
  const decorator = arg.resolve ? 'SessionHandle' : 'Arg';
  const options = checkOptions(`@${decorator}('${arg.name}') of ${method.label}`, arg.options, {
    shapes: SHAPES.arg,
    mistakes,
  });
  refuseOther(
    PLAIN.get(known.types?.[index]),
    options.type,
    `"${arg.name}" of the arguments of ${method.label}`,
  );
  const type = plainType(index, known);
  const said = options.type ?? options.schema ?? type ?? validators[0];
  const lost: Loss[] = [];
  if (said === undefined && !known.types) lost.push('type');
  if (defaultIsLost(index, known) && options.optional === undefined) lost.push('default');
  if (lost.length === 0) return { from: 'argument', name: arg.name, arg, type };
  return { from: 'lost', lost, write: writeArg(arg.name, lost) };
}

/** What @Arg says of the type may be narrower than what the compiler wrote, and nothing else. */
function refuseOther(written: PlainType | undefined, said: ArgOptions['type'], where: string): void {
  if (written === undefined || said === undefined || said === written) return;
  if (written === 'number' && said === 'integer') return;
  throw new FrameworkError('ERR_SCHEMA_TYPE', {
    where,
    seen: `the parameter is a ${written}, and @Arg() says ${said}`,
    cure: 'Change the type of the parameter, or what @Arg() says of it.',
  });
}

function byType(index: number, known: Known): Source {
  const { method, types, input } = known;
  const type = types?.[index];
  const alone = byItself(type);
  if (alone) return alone;
  if (method.given && isErased(type) && !PLAIN.has(type)) return { from: 'caller', index };
  if (index === 0 && input) return { from: 'arguments', schema: input };
  const plain = method.text?.parameters[index]?.rest ? undefined : plainType(index, known);
  return plain ? plainArgument(plain, index, known) : untyped(index, known);
}

/** The source of a parameter whose type alone says it. */
function byItself(type: unknown): ParameterSource | undefined {
  const take = FROM_CONTEXT.get(type);
  if (take) return { from: 'context', take };
  const isService =
    typeof type === 'function' && registry.find(INJECTABLE, type as Constructor) !== undefined;
  return isService ? { from: 'container', token: type as Constructor } : undefined;
}

/** A parameter that nothing speaks for: its type is lost, or says nothing. */
function untyped(index: number, known: Known): LostSource {
  const { method, types } = known;
  const { name, rest } = method.text?.parameters[index] ?? {};
  // Of a default that says its type nothing is written: where the text is gone that may be it.
  const saidByDefault = defaultIsLost(index, known);
  if (rest || (types && !saidByDefault)) throw noSource(types?.[index], index, method);
  const lost: Loss[] = [...(name === undefined ? (['name'] as const) : []), 'type'];
  if (saidByDefault) lost.push('default');
  const write = isContextName(name) ? '@Ctx()' : writeArg(name ?? 'name', lost);
  return { from: 'lost', lost, write };
}

/** An argument of a plain type, by the parameter's own name. */
function plainArgument(type: PlainType, index: number, known: Known): Source {
  const { method } = known;
  const name = method.text?.parameters[index]?.name;
  if (name !== undefined) return { from: 'argument', name, arg: undefined, type };
  if (!method.textLoss) throw new FrameworkError('ERR_PARAM_NAME_LOST', { index, method: method.label });
  const lost: Loss[] = defaultIsLost(index, known) ? ['name', 'default'] : ['name'];
  return { from: 'lost', lost, write: writeArg('name', lost) };
}

/** What is handed over goes to the parameters that nothing else says a source of, in their order. */
function handedOver(
  sources: readonly Source[],
  given: readonly string[],
  method: HandlerMethod,
): readonly Source[] {
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

/** What the compiler wrote; for `days = 3` it writes nothing, and the default says it. */
function plainType(index: number, { method, types }: Known): PlainType | undefined {
  const written = types?.[index];
  const plain = PLAIN.get(written);
  if (plain || (written !== Object && written !== undefined)) return plain;
  const type = typeof method.text?.parameters[index]?.default?.value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : undefined;
}

/** The function itself still tells that there is one: it does not count as a parameter that is demanded. */
function defaultIsLost(index: number, { method, demanded }: Known): boolean {
  return method.textLoss !== undefined && index >= demanded;
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
