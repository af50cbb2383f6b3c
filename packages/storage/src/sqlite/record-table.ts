import type { SqlDatabase, SqlStatement } from './sql-database.js';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tenon_records (key TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL, expires INTEGER);
  CREATE INDEX IF NOT EXISTS tenon_records_expire ON tenon_records (expires) WHERE expires IS NOT NULL;
`;
const LIVE = '(expires IS NULL OR expires > ?)';
const INTO = 'INSERT INTO tenon_records (key, text, expires) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE';
const REPLACE = 'SET text = excluded.text, expires = excluded.expires';

/** One row of the table. */
export interface SqlRecord {
  readonly key: string;
  readonly text: string;
  readonly expires: number | null;
}

/** The table of a SqliteStore: each call is one statement, so nobody comes in between. */
export class RecordTable {
  readonly #database: SqlDatabase;
  readonly #statements = new Map<string, SqlStatement>();

  constructor(database: SqlDatabase) {
    this.#database = database;
    // First of all: what follows has to wait for other processes already.
    database.exec('PRAGMA busy_timeout = 5000');
    database.exec('PRAGMA journal_mode = WAL');
    // With WAL the end of a process loses nothing, and a power cut the last moments at most, never the file.
    database.exec('PRAGMA synchronous = NORMAL');
    database.exec(SCHEMA);
  }

  /** The records of some keys that are there. */
  read(keys: readonly string[], now: number): readonly SqlRecord[] {
    const sql = `SELECT key, text, expires FROM tenon_records WHERE key IN (SELECT value FROM json_each(?)) AND ${LIVE}`;
    return this.#prepared(sql).all(JSON.stringify(keys), now) as SqlRecord[];
  }

  /** A page of the records from one key to before another, in the order of their keys. */
  page(range: { readonly from: string; readonly to: string }, now: number): readonly SqlRecord[] {
    const sql = `SELECT key, text, expires FROM tenon_records WHERE key >= ? AND key < ? AND ${LIVE} ORDER BY key LIMIT 100`;
    return this.#prepared(sql).all(range.from, range.to, now) as SqlRecord[];
  }

  put({ key, text, expires }: SqlRecord): void {
    this.#prepared(`${INTO} ${REPLACE}`).run(key, text, expires);
  }

  /** Puts a record where there is none; whether it did. */
  add({ key, text, expires }: SqlRecord, now: number): boolean {
    const sql = `${INTO} ${REPLACE} WHERE tenon_records.expires <= ?`;
    return Number(this.#prepared(sql).run(key, text, expires, now).changes) > 0;
  }

  /** Puts a record in the place of one with a text; whether it did. */
  swap(
    change: SqlRecord & { readonly expected: string; readonly keepExpires: boolean },
    now: number,
  ): boolean {
    const { key, text, expires, expected, keepExpires } = change;
    const end = keepExpires ? 'expires' : '?';
    const sql = `UPDATE tenon_records SET text = ?, expires = ${end} WHERE key = ? AND text = ? AND ${LIVE}`;
    const values = [text, ...(keepExpires ? [] : [expires]), key, expected, now];
    return Number(this.#prepared(sql).run(...values).changes) > 0;
  }

  /** Takes a record away; it, if it was there. */
  remove(key: string): SqlRecord | undefined {
    const sql = 'DELETE FROM tenon_records WHERE key = ? RETURNING key, text, expires';
    return this.#prepared(sql).get(key) as SqlRecord | undefined;
  }

  /** Takes away what is over. */
  sweep(now: number): void {
    this.#prepared('DELETE FROM tenon_records WHERE expires <= ?').run(now);
  }

  /** Runs steps as one. */
  transaction<T>(steps: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = steps();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite has done so itself, as it does where there is no room.
    }
  }

  #prepared(sql: string): SqlStatement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
