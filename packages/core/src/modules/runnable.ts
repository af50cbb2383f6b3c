import type { CompiledSchema } from '../schema/schema.js';
import { invoker, type Invoke } from './invoker.js';
import { planParameters, type SaidOfParameters } from './parameter-plan.js';
import type { HandlerMethod } from './parameter-source.js';

/** What runs when a component is used, and the schema of what it takes. */
export interface Runnable {
  readonly input: CompiledSchema;
  readonly run: Invoke;
  /** The arguments that are handles of sessions, of a method that takes some. */
  readonly handles?: readonly string[];
}

/** A method, by the plan of its parameters. */
export function runnable(method: HandlerMethod, said: SaidOfParameters): Runnable {
  const { input, takes, handles } = planParameters(method, said);
  return { input, handles, run: invoker(method, takes) };
}
