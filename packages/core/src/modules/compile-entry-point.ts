import type { Mistakes } from '../errors/mistakes.js';
import type { EntryPointKind, EntryPointRecord } from '../records/entry-point-record.js';
import { invoker, type Invoke } from './invoker.js';
import { planTakes } from './parameter-plan.js';
import type { HandlerMethod } from './parameter-source.js';

/** A decorated method that another package calls. */
export interface CompiledEntryPoint {
  readonly kind: EntryPointKind<unknown>;
  readonly record: unknown;
  /** What no other method of its kind can be. */
  readonly key: string;
  readonly label: string;
  /** Takes what is handed over in place of arguments. */
  readonly invoke: Invoke;
}

/** A decorated method that another package calls, compiled. */
export function compileEntryPoint(
  method: HandlerMethod,
  { kind, of: record }: EntryPointRecord,
): CompiledEntryPoint {
  const { takes } = planTakes({ ...method, given: kind.given, decorator: kind.decorator }, undefined);
  const invoke = invoker(method, takes);
  return { kind, record, key: kind.keyOf(record), label: method.label, invoke };
}

/** Notes methods that cannot both be called. */
export function checkEntryPoints(entryPoints: readonly CompiledEntryPoint[], mistakes: Mistakes): void {
  const seen = new Map<string, CompiledEntryPoint>();
  for (const each of entryPoints) {
    const key = `${each.kind.name} ${each.key}`;
    const first = seen.get(key);
    if (!first) seen.set(key, each);
    else
      mistakes.add('ERR_ENTRY_POINT_DUPLICATE', {
        decorator: each.kind.decorator,
        key: each.key,
        first: first.label,
        second: each.label,
      });
  }
}
