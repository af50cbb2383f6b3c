import { AsyncLocalStorage } from 'node:async_hooks';
import { fileURLToPath } from 'node:url';
import { FrameworkError } from '../errors/framework-error.js';

/** One call from inside the process, and the one that was under way around it. */
interface Running {
  readonly depth: number;
  readonly around: Running | undefined;
  over: boolean;
}

const running = new AsyncLocalStorage<Running>();

/** With so many under way at once it is worth its cost to every promise to know which stands in which. */
const MANY = 100;
/** Deeper than anybody calls on purpose, and far from the end of the stack. */
const MAX_DEPTH = 50;

/** The calls that a process makes of its own app; refuses one that has come to stand inside itself without an end. */
export class NestedCalls {
  #open = 0;

  /** Runs one call. */
  async run<T>(name: string, call: () => Promise<T>): Promise<T> {
    this.#open++;
    try {
      return await (this.#open > MANY ? inside(name, call) : call());
    } finally {
      this.#open--;
    }
  }
}

/** The mistake of code that calls itself again and again, named by who called last. */
export function callLoop(call: string, depth: number): FrameworkError {
  return new FrameworkError('ERR_CALL_LOOP', { call, depth, caller: callerOf(new Error()) });
}

async function inside<T>(name: string, call: () => Promise<T>): Promise<T> {
  // A call that was started by one that is over stands inside nothing.
  let around = running.getStore();
  while (around?.over) around = around.around;
  const own: Running = { depth: (around?.depth ?? 0) + 1, around, over: false };
  if (own.depth > MAX_DEPTH) throw callLoop(name, MANY + MAX_DEPTH);
  try {
    return await running.run(own, call);
  } finally {
    own.over = true;
  }
}

const HERE = fileURLToPath(new URL('..', import.meta.url));

/** The first function on the stack that is not of this package, and where it stands. */
function callerOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').slice(1);
  const frame = frames.find((each) => !each.includes(HERE)) ?? '';
  return frame.replace(/^\s*at (async )?/, '').replace(/\.\S+ \[as (\S+)\]/, '.$1') || 'the same code';
}
