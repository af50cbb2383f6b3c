import { HeldSession } from '../context/held-session.js';
import { isErased, seenType } from '../di/constructor-tokens.js';
import { FrameworkError } from '../errors/framework-error.js';
import { carriedAs } from '../schema/carried-as.js';
import type { MethodText } from '../text/method-text.js';

/**
 * The mistake of a parameter that nothing says the source of: with what may be written before it.
 *
 * What compilers leave of lists, enums and unions differs; the cure does not.
 */
export function noSource(
  type: unknown,
  index: number,
  method: { readonly label: string; readonly text: MethodText | undefined },
): FrameworkError {
  const { name, rest = false, hasDefault = false } = method.text?.parameters[index] ?? {};
  return new FrameworkError('ERR_PARAM_NO_SOURCE', {
    index,
    method: method.label,
    name: name === undefined ? '' : ` ("${name}")`,
    seen: rest ? 'it is a rest parameter' : seen(type, hasDefault),
    cure: rest
      ? `Make it one parameter with a list: @Arg('${name ?? 'name'}', IsString({ each: true })).`
      : cureOf(type, name),
  });
}

function seen(type: unknown, hasDefault: boolean): string {
  if (type === undefined && hasDefault) return 'no type is written, and its default says none';
  const carried = carriedAs(type);
  return `its type at run time is ${seenType(type)}${carried === undefined ? '' : `, in whose place JSON has ${carried}`}`;
}

/** Whether a parameter is called as one that receives the Context usually is. */
export function isContextName(name: string | undefined): boolean {
  return name === 'ctx' || name === 'context';
}

function cureOf(type: unknown, name = 'name'): string {
  if (type === HeldSession) return 'Put @SessionHandle() before the parameter: the model gives the handle.';
  if (isErased(type) && isContextName(name))
    return `Import Context as a value and let it be the type, or write it: @Ctx() ${name}.`;
  if (typeof type !== 'function' || isErased(type) || carriedAs(type) !== undefined)
    return `Say what it is: @Arg('${name}', …) with IsString({ each: true }) for a list, IsEnum(Unit) or IsIn(['a', 'b']) for one of several values, IsDate() for a date, or a schema; @Args() for all arguments, @Inject(Token) for a provider, @Inject(() => Token) where files import each other. A class is imported as a value, not with "import type".`;
  return `If ${type.name} is provided: put @Injectable() above it or @Inject(${type.name}) before the parameter. If it holds the arguments: put @Args() before the parameter.`;
}
