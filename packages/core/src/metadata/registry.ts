/** A class, concrete or abstract. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- constructor parameters are contravariant: only any fits every class
export type Constructor<T = unknown> = abstract new (...args: any[]) => T;

/** One thing a decorator wrote down: on a class, on one of its methods, or on a parameter of either. */
export interface Entry<R> {
  /** The class the decorator stands in. */
  readonly owner: Constructor;
  /** Name of the method; undefined for the class itself and its constructor. */
  readonly method: string | undefined;
  /** Position of the parameter, where it stands on one. */
  readonly index: number | undefined;
  readonly record: R;
}

/** The kind of a record: a name, and the type of what is written under it. */
export interface RecordKind<R> {
  readonly name: string;
  /** Only a type; never read. */
  readonly record?: R;
}

/** Names a kind of record. */
export function recordKind<R>(name: string): RecordKind<R> {
  return { name };
}

// On a global symbol, so that two copies of this package read what either wrote.
const STORE = Symbol.for('tenon.metadata');
const store = ((globalThis as { [STORE]?: WeakMap<Constructor, Map<string, Entry<unknown>[]>> })[STORE] ??=
  new WeakMap());

/** Where records are written and read: what decorators leave behind, and all that they do. */
export const registry = {
  /** Writes one record. */
  write<R>(kind: RecordKind<R>, entry: Entry<R>): void {
    const kinds = store.get(entry.owner) ?? new Map<string, Entry<unknown>[]>();
    store.set(entry.owner, kinds);
    const entries = kinds.get(kind.name) ?? [];
    kinds.set(kind.name, entries);
    entries.push(entry);
  },

  /** The records of a class itself, in the order its text has them. */
  own<R>(kind: RecordKind<R>, owner: Constructor): readonly Entry<R>[] {
    return (store.get(owner)?.get(kind.name) ?? []) as Entry<R>[];
  },

  /** The records of a class and of those it extends, the ancestor's first; what a subclass says of a method replaces the ancestor's. */
  inherited<R>(kind: RecordKind<R>, owner: Constructor): readonly Entry<R>[] {
    const own = registry.own(kind, owner);
    const parent: unknown = Object.getPrototypeOf(owner);
    if (typeof parent !== 'function' || parent === Function.prototype) return own;
    const said = new Set(own.map((entry) => entry.method));
    return [
      ...registry.inherited(kind, parent as Constructor).filter((entry) => !said.has(entry.method)),
      ...own,
    ];
  },

  /** Whether a decorator of ours stands above a class itself. */
  isDecorated(owner: Constructor): boolean {
    const entries = [...(store.get(owner)?.values() ?? [])].flat();
    return entries.some((entry) => entry.method === undefined && entry.index === undefined);
  },

  /** The record on a class itself or on the nearest ancestor that has one. */
  find<R>(kind: RecordKind<R>, owner: Constructor): R | undefined {
    return registry
      .inherited(kind, owner)
      .findLast((entry) => entry.method === undefined && entry.index === undefined)?.record;
  },
};
