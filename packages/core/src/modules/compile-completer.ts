import type { Completer } from '../components/completer.js';
import { FrameworkError } from '../errors/framework-error.js';
import type { CompleteRecord } from '../records/complete-record.js';
import { readText, WORDS } from '../schema/read-text.js';
import { invoker } from './invoker.js';
import { planTakes, type PlainParameter } from './parameter-plan.js';
import type { HandlerMethod } from './parameter-source.js';

/** A method that completes one argument, and where it stands. */
export interface CompiledCompleter extends CompleteRecord {
  readonly label: string;
  readonly complete: Completer;
  /** The arguments it wants to know of besides what is typed. */
  readonly others: readonly string[];
}

/** A decorated method as a completer: its parameters are the arguments by name, one alone is what has been typed. */
export function compileCompleter(method: HandlerMethod, record: CompleteRecord): CompiledCompleter {
  const { takes, plain } = planTakes(method, undefined);
  const invoke = invoker(method, takes);
  // A method with a single plain parameter may call it what it likes.
  const key = plain.length === 1 && plain[0] !== undefined ? plain[0].name : record.argument;
  refuseTyped(plain, key, { ...record, method: method.label });
  const others = plain.filter(({ name }) => name !== key);
  const known = reader(others);
  return {
    ...record,
    label: method.label,
    others: others.map(({ name }) => name),
    complete: (context, { value, args }) =>
      invoke(context, { ...known(args), [record.argument]: value, [key]: value }),
  };
}

/** Half of what is typed is seldom a number yet. */
function refuseTyped(
  plain: readonly PlainParameter[],
  key: string,
  of: { readonly method: string; readonly target: string },
): void {
  const type = plain.find(({ name }) => name === key)?.type ?? 'string';
  if (type === 'string') return;
  throw new FrameworkError('ERR_COMPLETE_TARGET', {
    ...of,
    problem: `and takes what has been typed of it as a ${type}, which is a text`,
    cure: `Let the type of its parameter "${key}" be string.`,
  });
}

type Known = Readonly<Record<string, unknown>>;

/** Arguments travel as texts: they are read as what their parameters are; one that is no such thing is not known. */
function reader(others: readonly PlainParameter[]): (args: Known) => Known {
  const typed = others.filter(({ type }) => type !== undefined && type !== 'string');
  if (typed.length === 0) return (args) => args;
  return (args) => ({
    ...args,
    ...Object.fromEntries(typed.map((each) => [each.name, readOne(args, each)])),
  });
}

function readOne(args: Known, { name, type = 'string' }: PlainParameter): unknown {
  const text = Object.hasOwn(args, name) ? args[name] : undefined;
  if (typeof text !== 'string') return text;
  const read = readText(text, [type], WORDS);
  return typeof read === 'string' ? undefined : read;
}
