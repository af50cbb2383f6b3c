import { CallContext, type ContextHost } from '../context/call-context.js';
import type { Exchange } from '../context/exchange.js';
import type { ScopeEnd } from '../di/lifetime.js';
import type { CompiledEntryPoint } from '../modules/compile-entry-point.js';
import type { EntryPointKind } from '../records/entry-point-record.js';

/** A method of a handler class that another package calls. */
export interface EntryPoint<R> {
  /** What its decorator says. */
  readonly record: R;
  /** `Class.method()`, for logs and error texts. */
  readonly label: string;
  /** Calls the method in a scope of its own, closed when it has settled; gives what it returns, throws what it throws. */
  call(exchange: Exchange, given: readonly unknown[]): Promise<unknown>;
}

/** The entry points of a kind, ready to be called. */
export function entryPointsOf<R>(
  kind: EntryPointKind<R>,
  compiled: readonly CompiledEntryPoint[],
  host: ContextHost,
): readonly EntryPoint<R>[] {
  return compiled
    .filter((each) => each.kind.name === kind.name)
    .map((each) => ({
      record: each.record as R,
      label: each.label,
      call: (exchange, given) =>
        call(each, new CallContext(host, exchange, { method: each.key }), { given, host }),
    }));
}

async function call(
  { invoke, label }: CompiledEntryPoint,
  context: CallContext,
  of: { given: readonly unknown[]; host: ContextHost },
): Promise<unknown> {
  const close = async (end: ScopeEnd): Promise<void> => {
    context.settle();
    try {
      await context.openedScope?.close(end);
    } catch (err) {
      of.host.logger.error('A request scope could not be closed', { err, method: label });
    }
  };
  try {
    const result = await invoke(context, of.given);
    await close({ ok: true });
    return result;
  } catch (error) {
    await close({ ok: false, error });
    throw error;
  }
}
