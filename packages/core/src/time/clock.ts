/** Cancels what it was given for; a second call does nothing. */
export type Cancel = () => void;

/** The time, as everything in a server reads it; a test puts its own in place. */
export abstract class Clock {
  /** Milliseconds since 1970. */
  abstract now(): number;
  /** Milliseconds since a moment of the clock's own, as fine as it can tell them: for durations. */
  elapsed(): number {
    return this.now();
  }
  /** Calls `run` once after `ms` milliseconds. A waiting timer never keeps the process alive. */
  abstract setTimer(ms: number, run: () => void): Cancel;
}

/** The clock of the machine. */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }

  override elapsed(): number {
    return performance.now();
  }

  setTimer(ms: number, run: () => void): Cancel {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      const step = Math.min(left, LONGEST_MS);
      const next = (): void => {
        wait(left - step);
      };
      timer = setTimeout(left > step ? next : run, step).unref();
    };
    wait(ms);
    return () => {
      clearTimeout(timer);
    };
  }
}

/** The longest a timer of Node.js waits, some 25 days; what is longer it runs at once. */
const LONGEST_MS = 2 ** 31 - 1;
