import type { CallContext } from '../context/call-context.js';
import { FrameworkError } from '../errors/framework-error.js';
import { Mistakes } from '../errors/mistakes.js';
import type { ParameterSpec } from '../schema/argument.js';
import { compileArguments } from '../schema/compile-arguments.js';
import { compileParameters } from '../schema/parameters.js';
import type { CompiledSchema, SchemaSource } from '../schema/schema.js';
import { refuseLoss } from './build-loss.js';
import { fromContainer } from './from-container.js';
import type { LostSource } from './lost-source.js';
import { withOptional } from './optional-parameters.js';
import type { HandlerMethod, ParameterSource } from './parameter-source.js';
import { parameterSources } from './read-parameters.js';

/** Takes the value of one parameter, from the call or from its validated arguments. */
export interface Take {
  (context: CallContext, args: unknown): unknown;
  /** Whether the method is called with what the promise comes to. */
  awaited?: true;
}

/** How a handler is called: the schema of its arguments, and where each parameter comes from. */
export interface ParameterPlan {
  readonly input: CompiledSchema;
  readonly takes: readonly Take[];
  /** The arguments that are handles of sessions. */
  readonly handles: readonly string[];
}

/** What the options of a component say of its parameters and of itself. */
export interface SaidOfParameters {
  readonly input?: SchemaSource | undefined;
  readonly description?: string | undefined;
}

/** A plain parameter, and the type that the compiler or @Arg says. */
export interface PlainParameter {
  readonly name: string;
  readonly type: ParameterSpec['type'];
}

/** How a method is called whose arguments are not checked as a whole, and what its plain parameters are. */
export function planTakes(
  method: HandlerMethod,
  input: SchemaSource | undefined,
): { readonly takes: readonly Take[]; readonly plain: readonly PlainParameter[] } {
  const sources = sourcesOf(method, parameterSources(method, input), undefined);
  return {
    takes: sources.map((source) => taker(source, method)),
    plain: sources.flatMap((source) =>
      source.from === 'argument'
        ? [{ name: source.name, type: source.arg?.options.type ?? source.type }]
        : [],
    ),
  };
}

/** Plans the parameters of a component's method, once, at boot. */
export function planParameters(method: HandlerMethod, said: SaidOfParameters): ParameterPlan {
  const { input } = said;
  const read = parameterSources(method, input);
  const all = read.find((source) => source.from === 'arguments')?.schema ?? input;
  const where = `the arguments of ${method.label}`;
  const mistakes = new Mistakes();
  const given = all && mistakes.attempt(() => compileArguments(all, where));
  const sources = mistakes.attempt(() => sourcesOf(method, read, said)) ?? [];
  mistakes.throwIfAny(method.label);
  return {
    input:
      given ??
      compileParameters(
        sources.flatMap((source, i) => parameterSpec(method, source, i)),
        where,
      ),
    takes: sources.map((source) => taker(source, method)),
    handles: sources.flatMap((source) =>
      source.from === 'argument' && source.arg?.resolve ? [source.name] : [],
    ),
  };
}

/** The sources of all parameters, if nothing of them is lost and they go together. */
function sourcesOf(
  method: HandlerMethod,
  read: readonly (ParameterSource | LostSource)[],
  said: SaidOfParameters | undefined,
): readonly ParameterSource[] {
  const sources = withOptional(refuseLoss(method, read, said), method);
  checkTogether(method, sources);
  return sources;
}

function taker(source: ParameterSource, method: HandlerMethod): Take {
  switch (source.from) {
    case 'arguments':
      return (_, args) => args;
    case 'argument': {
      const { name, arg } = source;
      const { resolve } = arg ?? {};
      if (resolve)
        return awaited((context, args) => resolve((args as Record<string, unknown>)[name], context));
      return (_, args) => (args as Record<string, unknown>)[name];
    }
    case 'context':
      return source.take;
    case 'caller': {
      const { index } = source;
      return (_, given) => (given as readonly unknown[])[index];
    }
    case 'container': {
      const take = fromContainer(method.plan, source.token);
      if (take) return take;
      const mistake = method.plan.mistake(method.label, source.token, source.optional);
      if (mistake) throw mistake;
      return () => undefined;
    }
  }
}

function awaited(take: Take): Take {
  return Object.assign(take, { awaited: true } as const);
}

function parameterSpec(
  method: HandlerMethod,
  source: ParameterSource,
  index: number,
): readonly ParameterSpec[] {
  if (source.from !== 'argument') return [];
  const { name, arg, type } = source;
  const { options, validators } = arg ?? { options: {}, validators: [] };
  const spec: ParameterSpec = {
    name,
    // With a schema the parameter has the type of what that makes of the argument.
    type: options.schema ? undefined : type,
    validators,
    ...saidByText(method, name, index),
    ...options,
  };
  if (!spec.type && !spec.schema && validators.length === 0) throw unclear(method, name, index);
  return [spec];
}

/** What the source text says of a parameter: its default, and its line of the doc comment. */
function saidByText(
  method: HandlerMethod,
  name: string,
  index: number,
): Pick<ParameterSpec, 'optional' | 'default' | 'description'> {
  const text = method.text?.parameters[index];
  const description = method.text?.doc?.params.get(text?.name ?? name);
  return {
    optional: text?.hasDefault ?? false,
    ...(text?.default && { default: text.default }),
    ...(description !== undefined && { description }),
  };
}

function unclear(method: HandlerMethod, name: string, index: number): FrameworkError {
  return new FrameworkError('ERR_PARAM_NO_SOURCE', {
    index,
    method: method.label,
    name: ` ("${name}")`,
    seen: 'nothing says what the argument must be',
    cure: `Say it: @Arg('${name}', { type: 'string' }), or with decorators of class-validator: @Arg('${name}', IsIn(['a', 'b'])).`,
  });
}

function checkTogether(method: HandlerMethod, sources: readonly ParameterSource[]): void {
  const all = sources.filter((source) => source.from === 'arguments').length;
  const names = sources.flatMap((source) => (source.from === 'argument' ? [source.name] : []));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  const problem =
    all > 1
      ? 'two of them take all arguments'
      : all === 1 && names.length > 0
        ? `one takes all arguments, and "${names.join('", "')}" one each`
        : twice !== undefined
          ? `two of them are called "${twice}"`
          : undefined;
  if (problem) throw new FrameworkError('ERR_PARAM_CONFLICT', { method: method.label, problem });
}
