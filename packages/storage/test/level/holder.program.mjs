// Another process that holds the folder of a LevelStore until its input ends: `node holder.program.mjs <folder>`.
import { LevelStore } from '@tenon/storage/level';

const store = new LevelStore({ path: process.argv[2] });
await store.set('k', 'theirs');
process.stdout.write('holding\n');
process.stdin.resume().once('end', () => store.close());
