/** An oven for one bread at a time. */
export class Oven {
  #state = 'empty';

  get state(): string {
    return this.#state;
  }

  /** Bakes until the time is up, or until `signal` says that nobody wants the bread any more. */
  async bake(bread: string, ms: number, signal: AbortSignal): Promise<void> {
    this.#state = `baking ${bread}`;
    try {
      await passed(ms, signal);
      this.#state = 'empty';
    } catch (error) {
      this.#state = `${bread} was taken out`;
      throw error;
    }
  }
}

function passed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
