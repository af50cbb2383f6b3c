import type { Constructor } from '../metadata/registry.js';
import type { ScopeEnd } from './lifetime.js';

/** How many slots the scopes of an app have. */
export interface ScopeSizes {
  readonly request: number;
  readonly session: number;
}

/** Where the instances of one message or of one session live: made on demand, closed in reverse. */
export class Scope {
  /** One place for each provider of this lifetime. */
  readonly slots: unknown[];
  /** What is the scope's to close, in the order it was made. */
  readonly made: unknown[];

  #closed = false;

  constructor(size: number, made: unknown[] = []) {
    this.slots = new Array<unknown>(size);
    this.made = made;
  }

  /** Whether its time is over. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Closes what was made. Only where something has to be awaited is the answer a promise. */
  close(end: ScopeEnd): void | Promise<void> {
    this.#closed = true;
    return closeAll(this.made, end);
  }
}

/** The scope of one message, and the session scope it belongs to. */
export class CallScope extends Scope {
  /** The message, for what is injected out of it. */
  readonly call: unknown;
  /** Where instances of lifetime `session` live while this message is answered. */
  readonly session: Scope;
  /** The same for those that one principal's messages share where there is no session. */
  readonly shared: Scope;

  /** Without a session, what would live in it lives and ends with the message. */
  constructor(sizes: ScopeSizes, call: unknown, home: { session?: Scope; shared?: Scope }) {
    super(sizes.request);
    this.call = call;
    this.session = home.session ?? new Scope(sizes.session, this.made);
    this.shared = home.session ?? home.shared ?? this.session;
  }

  /** Whether what another scope keeps ends with this message, as where there is no session to keep it. */
  endsWith(scope: Scope): boolean {
    return scope.made === this.made;
  }
}

/** What could not be closed, by name, and why. */
class Failures {
  readonly #names: string[] = [];
  readonly #reasons: unknown[] = [];

  add(instance: unknown, reason: unknown): void {
    this.#names.push(nameOf(instance as object));
    this.#reasons.push(reason);
  }

  throwIfAny(): void {
    const [names, reasons] = [this.#names, this.#reasons];
    if (reasons.length === 1) throw reasons[0];
    if (reasons.length > 1)
      throw new AggregateError(
        reasons,
        `${reasons.length} instances could not be closed: ${names.join(', ')}`,
      );
  }
}

/** The name of an instance's class, or what an object without one calls itself. */
function nameOf(instance: object): string {
  const { constructor: cls } = instance as { readonly constructor?: Constructor };
  if (cls && cls !== Object) return cls.name || 'an anonymous class';
  return (
    (instance as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] ??
    'an object without a class'
  );
}

interface Closable {
  onClose?(end: ScopeEnd): unknown;
  [Symbol.asyncDispose]?(): unknown;
  [Symbol.dispose]?(): unknown;
}

/** Closes instances in reverse of the order they were made in, every one of them, then throws what failed. */
export function closeAll(made: unknown[], end: ScopeEnd): void | Promise<void> {
  const failures = new Failures();
  for (let instance = made.pop(); instance !== undefined; instance = made.pop()) {
    try {
      const closing = closeOne(instance as Closable, end);
      // Whatever is returned at all is something to wait for.
      if (typeof closing === 'object' && closing !== null)
        return closeRest(Promise.resolve(closing), instance, { made, end, failures });
    } catch (error) {
      failures.add(instance, error);
    }
  }
  failures.throwIfAny();
}

/** Whether there is anything to do when an instance's lifetime ends. */
export function isClosable(instance: unknown): boolean {
  if (typeof instance !== 'object' || instance === null) return false;
  const closable = instance as Closable;
  return Boolean(closable.onClose ?? closable[Symbol.asyncDispose] ?? closable[Symbol.dispose]);
}

async function closeRest(
  closing: Promise<unknown>,
  of: unknown,
  rest: { made: unknown[]; end: ScopeEnd; failures: Failures },
): Promise<void> {
  const { made, end, failures } = rest;
  await closing.catch((error: unknown) => {
    failures.add(of, error);
  });
  for (let instance = made.pop(); instance !== undefined; instance = made.pop()) {
    try {
      await closeOne(instance as Closable, end);
    } catch (error) {
      failures.add(instance, error);
    }
  }
  failures.throwIfAny();
}

function closeOne(instance: Closable, end: ScopeEnd): unknown {
  if (instance.onClose) return instance.onClose(end);
  if (instance[Symbol.asyncDispose]) return instance[Symbol.asyncDispose]?.();
  return instance[Symbol.dispose]?.();
}
