import type { CallContext } from '../context/call-context.js';

/** What completes one argument: gives suggestions for what has been typed, knowing the other arguments. */
export type Completer = (
  context: CallContext,
  typed: { readonly value: string; readonly args: Readonly<Record<string, unknown>> },
) => unknown;
