import { seenType } from '../di/constructor-tokens.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { MethodText } from '../text/method-text.js';

/**
 * The mistake of a parameter that nothing says the source of: with what may be written before it.
 *
 * What compilers leave of lists, enums and unions differs; the cure does not.
 */
export function noSource(
  type: unknown,
  index: number,
  of: {
    readonly method: { readonly label: string; readonly text: MethodText | undefined };
    readonly compiled: boolean;
  },
): FrameworkError {
  const { method, compiled } = of;
  const { name, rest = false } = method.text?.parameters[index] ?? {};
  const seen = compiled ? `its type at run time is ${seenType(type)}` : 'the compiler wrote no types';
  return new FrameworkError('ERR_PARAM_NO_SOURCE', {
    index,
    method: method.label,
    name: name === undefined ? '' : ` ("${name}")`,
    seen: rest ? 'it is a rest parameter' : seen,
    cure: cureOf(type, `@Arg('${name ?? 'name'}', `, { compiled, rest }),
  });
}

function cureOf(type: unknown, arg: string, of: { compiled: boolean; rest: boolean }): string {
  if (of.rest) return `Make it one parameter with a list: ${arg}IsString({ each: true })).`;
  if (!of.compiled)
    return `Set "emitDecoratorMetadata", or say it: ${arg}{ type: 'string' }), @Args(Class) or @Inject(Token).`;
  if (typeof type !== 'function' || DATA.has(type))
    return `Say what it is: ${arg}…) with IsString({ each: true }) for a list, IsEnum(Unit) or IsIn(['a', 'b']) for one of several values, IsDate() for a date, or a schema; @Args() for all arguments, @Inject(Token) for a provider.`;
  const { name } = type;
  return `If ${name} is provided: put @Injectable() above it or @Inject(${name}) before the parameter. If it holds the arguments: put @Args() before the parameter.`;
}

/** What holds values and is never provided by its type. */
const DATA: ReadonlySet<unknown> = new Set([
  ...[Object, Function, Array, String, Number, Boolean, BigInt, Symbol],
  ...[Date, RegExp, Map, Set, Promise, ArrayBuffer, Uint8Array, Buffer],
]);
