export type { SqlDatabase, SqlStatement, SqlValue } from './sqlite/sql-database.js';
export { SqliteStore, type SqliteOptions } from './sqlite/sqlite-store.js';
