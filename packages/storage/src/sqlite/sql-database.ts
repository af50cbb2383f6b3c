/** A database as better-sqlite3, node:sqlite and libsql open it, as far as a store needs it. */
export interface SqlDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqlStatement;
  close(): unknown;
}

/** A statement that runs at once, with a value for each of its question marks. */
export interface SqlStatement {
  get(...values: readonly SqlValue[]): unknown;
  all(...values: readonly SqlValue[]): unknown[];
  run(...values: readonly SqlValue[]): { readonly changes: number | bigint };
}

/** What may stand for a question mark. */
export type SqlValue = string | number | null;
