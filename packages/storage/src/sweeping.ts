import type { Cancel, Clock } from '@tenon/core';
import { warnOnce } from './warn-once.js';

const SWEEP_MS = 10 * 60_000;

/** Takes out what is past its ttl, now and every ten minutes, until it is stopped. */
export class Sweeping {
  readonly #clock: Clock;
  readonly #sweep: () => Promise<void> | void;
  readonly #place: string;
  #cancel: Cancel = () => undefined;
  #running = Promise.resolve();

  constructor(clock: Clock, { place, sweep }: { place: string; sweep: () => Promise<void> | void }) {
    this.#clock = clock;
    this.#sweep = sweep;
    this.#place = place;
    this.#run();
  }

  /** Sweeps no more, once a sweep that has begun is through. */
  async stop(): Promise<void> {
    this.#cancel();
    await this.#running;
  }

  #run(): void {
    this.#running = Promise.resolve()
      .then(this.#sweep)
      .catch((error: unknown) => {
        warnOnce(`Records past their time could not be taken out of ${this.#place}: ${String(error)}`);
      });
    this.#cancel = this.#clock.setTimer(SWEEP_MS, () => {
      this.#run();
    });
  }
}
