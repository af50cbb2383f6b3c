import { createRequire } from 'node:module';

/** What is used of class-transformer's own storage. */
interface Storage {
  getExposedProperties(cls: unknown, direction: number): readonly unknown[];
  getExcludedProperties(cls: unknown, direction: number): readonly unknown[];
  getStrategy(cls: unknown): 'excludeAll' | 'exposeAll' | 'none';
}

/** What turns an instance into plain data in class-transformer. */
interface Executor {
  transform(
    source: unknown,
    value: unknown,
    type?: unknown,
    list?: unknown,
    map?: boolean,
    level?: number,
  ): unknown;
}

/** class-transformer's own number for the way from instances to plain objects. */
const TO_PLAIN = 1;
const load = createRequire(import.meta.url);
/** By class, whether it has rules; decorators have run before there is an instance. */
const known = new WeakMap<object, boolean>();
let executor: Executor | undefined;

/**
 * An instance as @Expose and @Exclude of class-transformer show it; undefined where its class has neither.
 *
 * Only the members of this instance are decided on: what they hold is left to the caller, but for those with @Type.
 */
export function exposedOf(instance: object): unknown {
  const cls = (instance as { constructor?: unknown }).constructor;
  if (typeof cls !== 'function') return undefined;
  let ruled = known.get(cls);
  if (ruled === undefined) known.set(cls, (ruled = hasRules(cls)));
  if (!ruled) return undefined;
  return (executor ??= shallowExecutor()).transform(undefined, instance);
}

function hasRules(cls: object): boolean {
  const storage = loadedStorage();
  if (!storage) return false;
  return (
    storage.getStrategy(cls) !== 'none' ||
    storage.getExposedProperties(cls, TO_PLAIN).length > 0 ||
    storage.getExcludedProperties(cls, TO_PLAIN).length > 0
  );
}

/** Who has decorated a class has loaded the library: nobody else shall. */
function loadedStorage(): Storage | undefined {
  try {
    const module = load.cache[load.resolve('class-transformer/cjs/storage.js')];
    return (module?.exports as { defaultMetadataStorage?: Storage } | undefined)?.defaultMetadataStorage;
  } catch {
    return undefined;
  }
}

/** `instanceToPlain` would go on into every member, and make empty objects of all that it does not know. */
function shallowExecutor(): Executor {
  const { TransformOperationExecutor } = load('class-transformer/cjs/TransformOperationExecutor.js') as {
    TransformOperationExecutor: new (direction: number, options: { exposeUnsetFields: true }) => Executor;
  };
  class ShallowExecutor extends TransformOperationExecutor {
    override transform(
      ...[source, value, type, list, map, level = 0]: Parameters<Executor['transform']>
    ): unknown {
      return level > 0 && !type ? value : super.transform(source, value, type, list, map, level);
    }
  }
  return new ShallowExecutor(TO_PLAIN, { exposeUnsetFields: true });
}
