import { Unavailable, type Clock } from '@tenon/core';
import { randomBytes } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errnoOf } from './errno.js';
import { hasEnded, thisProcess, type LockOwner } from './lock-owner.js';

/** So long a step is waited for, and so long a lock of a process nobody can look at is believed. */
const PATIENCE_MS = 10_000;
const BELIEVED_MS = 60_000;
/** And so long it is looked at: after a sleep of the machine, or a jump of its clock, every lock is old. */
const WATCHED_MS = 3000;

/** Lets one process at a time change a record: a lock is a hard link to a file that names its owner. */
export class KeyLocks {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #waiting = new Map<string, Promise<void>>();

  private constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
    this.#owner = join(folder, `owner-${process.pid}-${randomBytes(8).toString('hex')}`);
  }

  /** Begins to lock in a folder. */
  static async open(folder: string, clock: Clock): Promise<KeyLocks> {
    const locks = new KeyLocks(folder, clock);
    await writeFile(locks.#owner, JSON.stringify(thisProcess()), { mode: 0o600 });
    return locks;
  }

  /** Locks no more. */
  async close(): Promise<void> {
    await Promise.all(this.#waiting.values());
    await rm(this.#owner, { force: true });
  }

  /** Runs a step while nobody else runs one under the same name. */
  async run<T>(name: string, step: () => Promise<T>): Promise<T> {
    const before = this.#waiting.get(name);
    let done = (): void => undefined;
    const turn = new Promise<void>((resolve) => (done = resolve));
    this.#waiting.set(name, turn);
    await before;
    try {
      return await this.#locked(join(this.#folder, name), step);
    } finally {
      if (this.#waiting.get(name) === turn) this.#waiting.delete(name);
      done();
    }
  }

  async #locked<T>(lock: string, step: () => Promise<T>): Promise<T> {
    await this.#acquire(lock);
    try {
      return await step();
    } finally {
      await rm(lock, { force: true });
    }
  }

  async #acquire(lock: string): Promise<void> {
    // Real time: what is waited for is another process.
    const begin = performance.now();
    for (let ms = 1; !(await this.#link(lock)); ms = Math.min(ms * 2, 20)) {
      if (await this.#isLeft(lock, begin)) await this.#clear(lock, begin);
      else if (performance.now() - begin > PATIENCE_MS)
        throw new Unavailable('STORAGE_BUSY', {
          retryAfterMs: 1000,
          cause: new Error(`Another process holds ${lock} for ${PATIENCE_MS / 1000} s already`),
        });
      else await pause(ms * (0.5 + Math.random() / 2));
    }
  }

  async #link(lock: string): Promise<boolean> {
    try {
      await link(this.#owner, lock);
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  /** Whether a lock was left behind by a process that has ended. */
  async #isLeft(lock: string, begin: number): Promise<boolean> {
    try {
      const ended = await this.#hasOwnerEnded(lock);
      if (ended !== undefined) return ended;
      // Linking touches the times of a file, so those of one that is used are young.
      const { ctimeMs } = await stat(lock);
      return this.#clock.now() - ctimeMs > BELIEVED_MS && performance.now() - begin > WATCHED_MS;
    } catch (error) {
      // Gone meanwhile: the next attempt will tell.
      if (errnoOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  /** Undefined where nobody can tell, as after a power cut that has left a file without its content. */
  async #hasOwnerEnded(lock: string): Promise<boolean | undefined> {
    const content = await readFile(lock, 'utf8');
    try {
      return hasEnded(JSON.parse(content) as LockOwner);
    } catch {
      return undefined;
    }
  }

  /** Takes away a lock that was left. One at a time, so that nobody takes away the lock of whoever came next. */
  async #clear(lock: string, begin: number): Promise<void> {
    const clearing = `${lock}.clearing`;
    if (!(await this.#link(clearing))) {
      if (await this.#isLeft(clearing, begin)) await rm(clearing, { force: true });
      return;
    }
    try {
      if (await this.#isLeft(lock, begin)) await rm(lock, { force: true });
    } finally {
      await rm(clearing, { force: true });
    }
  }
}
