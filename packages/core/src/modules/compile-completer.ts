import type { Completer } from '../components/completer.js';
import type { CompleteRecord } from '../records/complete-record.js';
import { invoker } from './invoker.js';
import { planTakes } from './parameter-plan.js';
import type { HandlerMethod } from './parameter-source.js';

/** A method that completes one argument, and where it stands. */
export interface CompiledCompleter extends CompleteRecord {
  readonly label: string;
  readonly complete: Completer;
}

/** A decorated method as a completer: its parameters are the arguments by name, one alone is what has been typed. */
export function compileCompleter(method: HandlerMethod, record: CompleteRecord): CompiledCompleter {
  const { takes, names } = planTakes(method, undefined);
  const invoke = invoker(method, takes);
  // A method with a single plain parameter may call it what it likes.
  const key = names.length === 1 && names[0] !== undefined ? names[0] : record.argument;
  return {
    ...record,
    label: method.label,
    complete: (context, { value, args }) =>
      invoke(context, { ...args, [record.argument]: value, [key]: value }),
  };
}
