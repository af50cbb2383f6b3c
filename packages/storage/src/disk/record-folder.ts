import { FrameworkError, type Clock } from '@tenon/core';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isOver } from '../expiry.js';
import { storeFault } from '../store-fault.js';
import { warnOnce } from '../warn-once.js';
import { errnoOf } from './errno.js';
import { KeyLocks } from './key-locks.js';
import { nameOf, readRecord, writeRecord, type DiskRecord } from './record-file.js';

/** A temporary file this old was left by a process that has ended. */
const LEFT_MS = 60 * 60_000;

/** The files of a DiskStore: read whole, written whole, changed by one process at a time. */
export class RecordFolder {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #locks: KeyLocks;

  private constructor(path: string, clock: Clock, locks: KeyLocks) {
    this.#path = path;
    this.#clock = clock;
    this.#locks = locks;
  }

  /**
   * Makes the folders that are not there yet.
   *
   * @throws {FrameworkError} ERR_STORAGE_OPEN
   */
  static async open(path: string, clock: Clock): Promise<RecordFolder> {
    try {
      for (const folder of ['records', 'locks', 'writing'])
        await mkdir(join(path, folder), { recursive: true, mode: 0o700 });
      // What is written here is for this user only, also where the folder was there before.
      await chmod(join(path, 'records'), 0o700);
      return new RecordFolder(path, clock, await KeyLocks.open(join(path, 'locks'), clock));
    } catch (cause) {
      throw new FrameworkError(
        'ERR_STORAGE_OPEN',
        {
          store: storeAt(path),
          reason: cause instanceof Error ? cause.message : String(cause),
          cure: 'Give it a folder that the server may make and write.',
        },
        { cause },
      );
    }
  }

  close(): Promise<void> {
    return this.#locks.close();
  }

  /** The record of a key; undefined where there is none, it is past its ttl or cannot be read. */
  async read(key: string): Promise<DiskRecord | undefined> {
    const record = await this.#told(this.#readFile(this.#fileOf(key)));
    return record?.key === key && !isOver(record.expires, this.#clock) ? record : undefined;
  }

  /** Runs a step that changes the record of a key, while nobody else does. */
  change<T>(key: string, step: () => Promise<T>): Promise<T> {
    return this.#told(this.#locks.run(nameOf(key), step));
  }

  /** Puts a record in place, whole or not at all. */
  async write(record: DiskRecord): Promise<void> {
    const written = join(this.#path, 'writing', randomBytes(12).toString('hex'));
    try {
      await writeWhole(written, writeRecord(record));
      await this.#intoPlace(written, this.#fileOf(record.key));
    } catch (cause) {
      await rm(written, { force: true }).catch(() => undefined);
      const isFull = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errnoOf(cause) ?? '');
      throw isFull ? storeFault('STORAGE_FULL', { store: storeAt(this.#path) }, cause) : cause;
    }
  }

  /** Takes the record of a key away. */
  async remove(key: string): Promise<void> {
    await rm(this.#fileOf(key), { force: true });
  }

  /** Every record that is not past its ttl. */
  async *records(): AsyncIterable<DiskRecord> {
    for await (const file of this.#files()) {
      const record = await this.#told(this.#readFile(file));
      if (record && !isOver(record.expires, this.#clock)) yield record;
    }
  }

  /** Takes away what is past its ttl, and what processes that were ended have left. */
  async sweep(): Promise<void> {
    for await (const file of this.#files()) {
      // One that cannot be read keeps none of the others.
      const record = await this.#readFile(file).catch(() => undefined);
      if (!record || !isOver(record.expires, this.#clock)) continue;
      await this.change(record.key, async () => {
        const again = await this.#readFile(file);
        if (again && isOver(again.expires, this.#clock)) await rm(file, { force: true });
      });
    }
    const writing = join(this.#path, 'writing');
    for (const name of await readdir(writing)) {
      const { mtimeMs } = await stat(join(writing, name)).catch(() => ({ mtimeMs: Infinity }));
      if (this.#clock.now() - mtimeMs > LEFT_MS) await rm(join(writing, name), { force: true });
    }
  }

  #fileOf(key: string): string {
    const name = nameOf(key);
    return join(this.#path, 'records', name.slice(0, 2), name);
  }

  async *#files(): AsyncIterable<string> {
    const records = join(this.#path, 'records');
    for (const part of await this.#told(readdir(records)))
      for (const name of await readdir(join(records, part)).catch(() => [])) yield join(records, part, name);
  }

  /** What the system refuses is the world's fault, told with the store. */
  async #told<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } catch (error) {
      if (typeof (error as { readonly syscall?: unknown }).syscall !== 'string') throw error;
      throw storeFault('STORAGE_UNREACHABLE', { store: storeAt(this.#path) }, error);
    }
  }

  async #readFile(file: string): Promise<DiskRecord | undefined> {
    let content: string;
    try {
      content = await readFile(file, 'utf8');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    const record = readRecord(content);
    if (!record) warnOnce(`The record in ${file} is damaged and counts as missing`);
    return record;
  }

  async #intoPlace(written: string, file: string): Promise<void> {
    try {
      await rename(written, file);
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
      await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
      await rename(written, file);
    }
  }
}

function storeAt(path: string): string {
  return `DiskStore({ path: ${JSON.stringify(path)} })`;
}

async function writeWhole(file: string, content: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    // Before it takes the place of the one before: else a power cut could leave neither.
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
