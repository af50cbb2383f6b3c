// A second process on the file of a SqliteStore: `node taker.program.mjs <file>`.
import { SqliteStore } from '@tenon/storage/sqlite';

const store = new SqliteStore({ path: process.argv[2] });
const taken = [];
for (let i = 0; i < 25; i++) {
  const value = await store.take(`code ${i}`);
  if (value !== undefined) taken.push(value);
  await store.increment('takers');
}
process.stdout.write(JSON.stringify(taken));
await store.close();
