import { InputRequired } from '../../asking/input-required.js';
import type { CallContext } from '../../context/call-context.js';
import { withCurrent } from '../../context/current.js';
import type { RunOf } from '../../context/dialogue.js';
import { settled } from './method.js';

/** How often a handler may ask by returning, in the older era, before it is taken to go in circles. */
const MAX_ROUNDS = 10;

/** What is run, and what becomes of what it gives. */
export interface Running<R> {
  readonly of: RunOf;
  run(): unknown;
  finish(value: unknown): R | Promise<R>;
}

/** Runs a handler to its result, or to the questions it asks first. */
export function runHandler<R>(context: CallContext, running: Running<R>): R | object | Promise<R | object> {
  context.run = running.of;
  if (context.params.requestState === undefined) return begin(context, running);
  return context
    .openDialogue()
    .resume()
    .then(() => begin(context, running));
}

function begin<R>(context: CallContext, running: Running<R>): R | object | Promise<R | object> {
  let value: unknown;
  try {
    value = call(context, running);
  } catch (error) {
    const ended = context.dialogue?.ended;
    if (ended) return ended;
    throw error;
  }
  const result = settled(value, (given) =>
    given instanceof InputRequired ? requireInput(context, running, given) : running.finish(given),
  );
  // A run that waits for something may meanwhile ask; in the older era that ends nothing.
  if (result instanceof Promise) return context.era === 'modern' ? context.untilRound(result) : result;
  return context.dialogue?.ended ?? result;
}

function call(context: CallContext, { run }: Pick<Running<unknown>, 'run'>): unknown {
  return context.ambient ? withCurrent(context, run) : run();
}

/** Asks what a handler has returned to be asked; in the older era it runs again at once. */
async function requireInput<R>(
  context: CallContext,
  running: Running<R>,
  first: InputRequired,
): Promise<R | object> {
  let required = first;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const asked = await context.openDialogue().require(required);
    if (asked !== 'again') return asked;
    const value = await call(context, running);
    if (!(value instanceof InputRequired)) return running.finish(value);
    required = value;
  }
  throw new Error(`${running.of.key} has asked for ${MAX_ROUNDS} rounds of input, one after the other`);
}
