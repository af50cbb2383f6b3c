import { FrameworkError } from '../errors/framework-error.js';
import type { OnClose } from './lifetime.js';
import type { ConcreteClass } from './provider.js';

interface LifespanClass {
  open(): Iterator<unknown> | AsyncIterator<unknown>;
}

/** Opens a lifespan: runs `open()` to its yield; closing runs the rest. */
export async function openLifespan(
  cls: ConcreteClass,
  dependencies: readonly unknown[],
): Promise<OnClose & { value: unknown; [Symbol.toStringTag]: string }> {
  try {
    const steps = (new cls(...dependencies) as LifespanClass).open();
    if (typeof (steps as Partial<typeof steps> | undefined)?.next !== 'function')
      throw new Error('open() is no generator; write "async *open() { yield value; }"');
    const first = await steps.next();
    if (first.done) throw new Error('open() ended without a yield');
    const value: unknown = first.value;
    return {
      value,
      [Symbol.toStringTag]: cls.name,
      async onClose() {
        const last = await steps.next();
        if (last.done) return;
        await steps.return?.();
        throw new Error(`${cls.name}.open() yields more than once`);
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FrameworkError('ERR_LIFESPAN_FAILED', { owner: cls.name, reason }, { cause: error });
  }
}
