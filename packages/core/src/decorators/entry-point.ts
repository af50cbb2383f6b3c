import { registry } from '../metadata/registry.js';
import { ENTRY_POINT, type EntryPointKind } from '../records/entry-point-record.js';
import { methodOf } from './target.js';

/**
 * Makes a method decorator of your own, for methods that your package calls: `endpoint.entryPoints(kind)` gives them.
 *
 * Instances and injected parameters are the server's to make; a binding calls the method with what its kind gives.
 */
export function entryPoint<R>(kind: EntryPointKind<R>, record: R): MethodDecorator {
  return (target, key) => {
    const of = methodOf(kind.decorator, target, key);
    registry.write(ENTRY_POINT, { ...of, index: undefined, record: { kind, of: record } });
  };
}
