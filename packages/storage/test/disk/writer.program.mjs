// A second process on the folder of a DiskStore: `node writer.program.mjs <folder> write|take|full`.
import { DiskStore } from '@tenon/storage';

const [, , path, what] = process.argv;
const store = new DiskStore({ path });

if (what === 'write') {
  // Until it is killed: records large enough that writing one takes a while.
  for (let n = 0; ; n++) {
    const sum = 1 + ((n * 7919) % 200_000);
    await Promise.all([0, 1, 2, 3, 4].map((i) => store.set(`k${i}`, { fill: 'x'.repeat(sum), sum })));
    await store.increment('n');
    if (n === 0) process.stdout.write('writing\n');
  }
} else if (what === 'take') {
  const taken = [];
  for (let i = 0; i < 25; i++) {
    const value = await store.take(`code ${i}`);
    if (value !== undefined) taken.push(value);
    await store.increment('takers');
  }
  process.stdout.write(JSON.stringify(taken));
} else {
  await store.set('k', 'small');
  const failed = await store.set('k', 'x'.repeat(100_000)).catch((error) => error);
  const kept = await store.get('k');
  process.stdout.write(JSON.stringify({ failed: failed?.message, cause: failed?.cause?.message, kept }));
}
await store.close();
