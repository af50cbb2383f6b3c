import { registry } from '../metadata/registry.js';
import { TOOL, type Returns, type ToolOptions } from '../records/tool-record.js';
import type { SchemaSource, WrittenSchema } from '../schema/schema.js';
import type { DecoratorOf, Method } from './decorator-of.js';
import { methodOf, refuseBare } from './target.js';

/**
 * Offers a method as a tool.
 *
 * Name and description come from the method and its doc comment unless they are given. With `input` the first parameter, with
 * `output` the result must fit the schema, or the class does not compile; a JSON Schema has a type only as `jsonSchema<T>(…)`.
 */
export function Tool(name?: string): DecoratorOf<Method>;
export function Tool<O>(
  options: ToolOptions<unknown, O> & { readonly input: WrittenSchema },
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a JSON Schema has no type
): DecoratorOf<Method<any, Returns<O> | Promise<Returns<O>>>>;
export function Tool<I, O>(
  options: ToolOptions<I, O> & { readonly input: SchemaSource<I>; readonly output: SchemaSource<O> },
): DecoratorOf<Method<I, Returns<O> | Promise<Returns<O>>>>;
export function Tool<I>(
  options: ToolOptions<I> & { readonly input: SchemaSource<I>; readonly output?: never },
): DecoratorOf<Method<I>>;
export function Tool<O>(
  options: ToolOptions<unknown, O> & { readonly output: SchemaSource<O>; readonly input?: never },
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- without `input` the parameters speak for themselves
): DecoratorOf<Method<any, Returns<O> | Promise<Returns<O>>>>;
export function Tool(
  options: ToolOptions & { readonly input?: never; readonly output?: never },
): DecoratorOf<Method>;
export function Tool(...given: [(string | ToolOptions)?]): DecoratorOf<Method> {
  refuseBare('@Tool()', given);
  const options = typeof given[0] === 'string' ? { name: given[0] } : (given[0] ?? {});
  return (target, key) => {
    registry.write(TOOL, { ...methodOf('@Tool', target, key), index: undefined, record: options });
  };
}
