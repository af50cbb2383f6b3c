import type { Cancel, Clock } from './clock.js';

/** Many deadlines on one timer: cheap to set and to cancel, late by at most one tick. */
export class TimerWheel {
  readonly #clock: Clock;
  readonly #tickMs: number;
  readonly #slots = new Map<number, Set<Deadline>>();
  #stop: Cancel | undefined;
  #turned: number;

  constructor(clock: Clock, tickMs = 50) {
    this.#clock = clock;
    this.#tickMs = tickMs;
    this.#turned = this.#tick(clock.elapsed());
  }

  /** Deadlines that have neither run nor been cancelled. */
  get size(): number {
    let size = 0;
    for (const slot of this.#slots.values()) size += slot.size;
    return size;
  }

  /** Runs `run` once, at the first tick that is at least `ms` milliseconds away. */
  after(ms: number, run: () => void): Cancel {
    if (this.#slots.size === 0) this.#turned = this.#tick(this.#clock.elapsed());
    const tick = this.#tick(this.#clock.elapsed() + ms) + 1;
    const slot = this.#slots.get(tick) ?? new Set<Deadline>();
    this.#slots.set(tick, slot);
    const deadline = { run };
    slot.add(deadline);
    this.#wind();
    return () => {
      if (slot.delete(deadline) && slot.size === 0) this.#drop(tick);
    };
  }

  /** Forgets every deadline. */
  clear(): void {
    this.#slots.clear();
    this.#rest();
  }

  #tick(time: number): number {
    return Math.floor(time / this.#tickMs);
  }

  #drop(tick: number): void {
    this.#slots.delete(tick);
    if (this.#slots.size === 0) this.#rest();
  }

  /** Wakes at the next tick, so that no deadline waits for more than one. */
  #wind(): void {
    const toTick = this.#tickMs - (this.#clock.elapsed() % this.#tickMs);
    this.#stop ??= this.#clock.setTimer(toTick, this.#turn);
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  readonly #turn = (): void => {
    this.#stop = undefined;
    const now = this.#tick(this.#clock.elapsed());
    const thrown: unknown[] = [];
    for (const tick of this.#due(now)) {
      const slot = this.#slots.get(tick);
      this.#slots.delete(tick);
      for (const deadline of slot ?? []) {
        try {
          deadline.run();
        } catch (error) {
          thrown.push(error);
        }
      }
    }
    this.#turned = now;
    if (this.#slots.size > 0) this.#wind();
    if (thrown.length > 0) throw thrown[0];
  };

  /** The slots to run, oldest first; after a long sleep it is cheaper to look at the slots than at the ticks. */
  #due(now: number): number[] {
    if (now - this.#turned > this.#slots.size)
      return [...this.#slots.keys()].filter((tick) => tick <= now).sort((a, b) => a - b);
    const due: number[] = [];
    for (let tick = this.#turned + 1; tick <= now; tick++) if (this.#slots.has(tick)) due.push(tick);
    return due;
  }
}

interface Deadline {
  readonly run: () => void;
}
