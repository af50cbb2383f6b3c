import { FrameworkError } from '../errors/framework-error.js';
import type { OnClose } from './lifetime.js';
import type { ConcreteClass } from './provider.js';

interface LifespanClass {
  open(): Iterator<unknown> | AsyncIterator<unknown>;
}

/** Opens a lifespan: runs `open()` to its yield; closing runs the rest. */
export async function openLifespan(cls: ConcreteClass, dependencies: readonly unknown[]): Promise<OnClose & { value: unknown }> {
  try {
    const steps = (new cls(...dependencies) as LifespanClass).open();
    const { value, done } = await steps.next();
    if (done) throw new Error('open() ended without a yield');
    return {
      value,
      async onClose() {
        const { done: ended } = await steps.next();
        if (!ended) throw new Error(`${cls.name}.open() yields more than once`);
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FrameworkError('ERR_LIFESPAN_FAILED', { owner: cls.name, reason }, { cause: error });
  }
}
