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

/** Refuses a decorator that was written without its parentheses and so got the target itself. */
export function refuseBare(decorator: string, given: readonly unknown[]): void {
  const [first, second] = given;
  if (typeof first === 'function') refuseStandard(decorator, second);
  const onMember =
    typeof first === 'object' && first !== null && typeof second === 'string' && second in first;
  const onClass =
    given.length === 1 && typeof first === 'function' && decorator !== '@Lifespan' && decorator !== '@Args';
  if (!onMember && !onClass) return;
  throw bare(decorator, onMember ? `${first.constructor.name}.${second}` : (first as { name: string }).name);
}

/** The same for a decorator of a field, which the prototype does not have. */
export function refuseBareField(decorator: string, given: readonly unknown[]): void {
  const [first, second] = given;
  if (typeof first !== 'object' || first === null || typeof second !== 'string') return;
  throw bare(decorator, `${first.constructor.name}.${second}`);
}

function bare(decorator: string, target: string): FrameworkError {
  return new FrameworkError('ERR_DECORATOR_MISUSE', {
    decorator,
    target,
    problem: 'is written without parentheses',
    cure: `Write ${decorator}() instead of ${decorator}.`,
  });
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
