type Row = Readonly<Record<string, string | number>>;

const TABLES = new Map<string, readonly Row[]>([
  [
    'users',
    [
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Grace' },
    ],
  ],
]);

/** A connection to a database, which understands just enough SQL to be an example. */
export class Database {
  static #opened = 0;
  /** Which connection of this process it is. */
  readonly number = ++Database.#opened;
  #open = true;

  constructor(readonly url: string) {}

  static connect(url: string): Promise<Database> {
    return Promise.resolve(new Database(url));
  }

  query(sql: string): Promise<readonly Row[]> {
    if (!this.#open) return Promise.reject(new Error('The database is disconnected'));
    const [, columns = '', table = ''] = /^select (.+) from (\w+)$/i.exec(sql.trim()) ?? [];
    const rows = TABLES.get(table);
    if (!rows) return Promise.reject(new Error(`Cannot read: ${sql}`));
    const chosen = columns.split(/\s*,\s*/);
    const wanted = (column: string) => columns === '*' || chosen.includes(column);
    return Promise.resolve(
      rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => wanted(column)))),
    );
  }

  disconnect(): Promise<void> {
    this.#open = false;
    return Promise.resolve();
  }
}
