import type { Clock } from '@tenon/core';
import type { KeptRecord } from '../changing-store.js';
import { isOver } from '../expiry.js';
import { keyText } from '../key-text.js';
import { warnOnce } from '../warn-once.js';
import type { LevelDatabase } from './level-database.js';

/** The records of a LevelStore, without those that are over. */
export class LevelRecords {
  readonly #database: LevelDatabase;
  readonly #clock: Clock;

  constructor(database: LevelDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async read(keys: readonly string[]): Promise<readonly (KeptRecord | undefined)[]> {
    const names = keys.map(keyText);
    const kept = await this.#database.getMany(names);
    return kept.map((content, i) => this.#live(names[i] as string, content));
  }

  async write(key: string, { text, expires }: KeptRecord): Promise<void> {
    await this.#database.put(keyText(key), `${expires ?? ''}\n${text}`);
  }

  async remove(key: string): Promise<void> {
    await this.#database.del(keyText(key));
  }

  /** The records from one name to before another, as they are when this begins. */
  async *between(from: string, to: string): AsyncIterable<readonly [name: string, record: KeptRecord]> {
    for await (const [name, content] of this.#database.iterator({ gte: from, lt: to })) {
      const record = this.#live(name, content);
      if (record) yield [name, record];
    }
  }

  /** The names of those that are over. */
  async *over(): AsyncIterable<string> {
    for await (const [name, content] of this.#database.iterator()) {
      const record = recordIn(content);
      if (record && isOver(record.expires, this.#clock)) yield name;
    }
  }

  #live(name: string, content: string | undefined): KeptRecord | undefined {
    if (content === undefined) return undefined;
    const record = recordIn(content);
    if (!record)
      warnOnce(
        `A record that LevelStore finds under ${name.slice(0, 80)} is not one of its own and counts as missing`,
      );
    return record && !isOver(record.expires, this.#clock) ? record : undefined;
  }
}

function recordIn(content: string): KeptRecord | undefined {
  const [whole, expires] = /^(\d*)\n/.exec(content) ?? [];
  if (whole === undefined) return undefined;
  return { text: content.slice(whole.length), expires: expires ? Number(expires) : undefined };
}
