import { registry } from '../metadata/registry.js';
import { PROMPT, type PromptOptions } from '../records/prompt-record.js';
import type { SchemaSource, WrittenSchema } from '../schema/schema.js';
import type { DecoratorOf, Method } from './decorator-of.js';
import { methodOf, refuseBare } from './target.js';

/**
 * Offers a method as a prompt: its parameters are the arguments, what it returns becomes messages.
 *
 * A string is one message of the user; a list may mix strings and `Message.user()`, `Message.assistant()`. Clients send
 * arguments as strings: one that is no string in the method is read from its text. With `input` the first parameter must fit
 * the schema, or the class does not compile.
 */
export function Prompt(name?: string): DecoratorOf<Method>;
export function Prompt(options: PromptOptions & { readonly input: WrittenSchema }): DecoratorOf<Method>;
export function Prompt<I>(
  options: PromptOptions<I> & { readonly input: SchemaSource<I> },
): DecoratorOf<Method<I>>;
export function Prompt(options: PromptOptions & { readonly input?: never }): DecoratorOf<Method>;
export function Prompt(...given: [(string | PromptOptions)?]): DecoratorOf<Method> {
  refuseBare('@Prompt()', given);
  const options = typeof given[0] === 'string' ? { name: given[0] } : (given[0] ?? {});
  return (target, key) => {
    registry.write(PROMPT, { ...methodOf('@Prompt', target, key), index: undefined, record: options });
  };
}
