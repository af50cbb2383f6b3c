import { FrameworkError } from '../errors/framework-error.js';
import type { Constructor } from '../metadata/registry.js';

/** The class and the method a member decorator stands on; refuses static ones and what other compilers hand in. */
export function memberOf(
  decorator: string,
  target: object,
  key: string | symbol | undefined,
): { owner: Constructor; method: string } {
  refuseStandard(decorator, key);
  if (typeof target === 'function' && key === undefined) {
    throw new FrameworkError('ERR_DECORATOR_MISUSE', {
      decorator,
      target: `the constructor of ${target.name}`,
      problem: 'asks for what only a call has',
      cure: 'Put it before a parameter of the method that is called.',
    });
  }
  if (typeof target === 'function') {
    throw new FrameworkError('ERR_DECORATOR_MISUSE', {
      decorator,
      target: `${target.name}.${String(key)}`,
      problem: 'stands on a static member, which no instance is injected into',
      cure: 'Make the method an ordinary one.',
    });
  }
  return { owner: target.constructor as Constructor, method: String(key) };
}

/** The same for decorators of methods; refuses getters and fields, which nobody can call on an instance that is not made yet. */
export function methodOf(
  decorator: string,
  target: object,
  key: string | symbol | undefined,
): ReturnType<typeof memberOf> {
  const member = memberOf(decorator, target, key);
  const found = descriptorOf(target, member.method);
  if (typeof found?.value === 'function') return member;
  throw new FrameworkError('ERR_DECORATOR_MISUSE', {
    decorator,
    target: `${member.owner.name}.${member.method}`,
    problem: `stands on ${found ? 'a getter' : 'a field'}, where a method is called`,
    cure: `Make it a method: ${member.method}() { … }.`,
  });
}

/** Without a look at the value: a getter would run. */
function descriptorOf(target: object, name: string): PropertyDescriptor | undefined {
  for (let each: object | null = target; each; each = Object.getPrototypeOf(each) as object | null) {
    const found = Object.getOwnPropertyDescriptor(each, name);
    if (found) return found;
  }
  return undefined;
}

/**
 * Refuses a decorator that was written without its parentheses, and so got what it stands on as its arguments.
 *
 * `written` says how it is written: `@Arg('name')`.
 */
export function refuseBare(written: string, given: readonly unknown[]): void {
  const decorator = written.slice(0, written.indexOf('('));
  const [first, second, third] = given;
  if (typeof first === 'function' || first === undefined) refuseStandard(decorator, second);
  const target = standsOn(first, second, third) ?? (TAKES_CLASS.has(decorator) ? undefined : ofClass(given));
  if (target === undefined) return;
  throw new FrameworkError('ERR_DECORATOR_MISUSE', {
    decorator,
    target,
    problem: 'is written without parentheses',
    cure: `Write ${written} instead of ${decorator}.`,
  });
}

/** Those whose one argument may be a class. */
const TAKES_CLASS: ReadonlySet<string> = new Set(['@Args', '@Inject', '@UseMiddleware']);

/** The member, or the parameter, a decorator got as its arguments. */
function standsOn(first: unknown, second: unknown, third: unknown): string | undefined {
  if ((typeof first !== 'object' && typeof first !== 'function') || first === null) return undefined;
  const owner = typeof first === 'function' ? first.name : first.constructor.name;
  if (typeof second === 'string' || typeof second === 'symbol') return `${owner}.${String(second)}`;
  return typeof third === 'number' ? `the constructor of ${owner}` : undefined;
}

function ofClass([first, ...others]: readonly unknown[]): string | undefined {
  return typeof first === 'function' && others.length === 0 ? first.name : undefined;
}

/** Compilers that are not told otherwise hand in a function and where it stands, as the standard has it. */
function refuseStandard(decorator: string, context: unknown): void {
  if (typeof context !== 'object' || context === null || !('kind' in context)) return;
  const { name } = context as { readonly name?: unknown };
  throw new FrameworkError('ERR_DECORATOR_MISUSE', {
    decorator,
    target: String(name),
    problem: 'was compiled as a standard decorator, which knows neither types nor parameters',
    cure: 'Set "experimentalDecorators": true and "emitDecoratorMetadata": true in tsconfig.json, or extend @tenon/tsconfig, and see that whatever compiles the code reads that file.',
  });
}
