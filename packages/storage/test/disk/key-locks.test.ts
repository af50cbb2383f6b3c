import { ManualClock } from '@tenon/testing';
import { link, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyLocks } from '../../src/disk/key-locks.js';
import type { LockOwner } from '../../src/disk/lock-owner.js';

let folder: string;
let locks: KeyLocks;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenon-locks-'));
  locks = await KeyLocks.open(folder, new ManualClock(Date.now()));
});
afterEach(async () => {
  await locks.close();
  await rm(folder, { recursive: true, force: true });
});

/** A lock that another process has left, which was like this one but for something. */
async function left(name: string, content: (owner: LockOwner) => string): Promise<void> {
  const [own] = await readdir(folder);
  const owner = JSON.parse(await readFile(join(folder, own as string), 'utf8')) as LockOwner;
  await writeFile(join(folder, 'owner-other'), content(owner));
  await link(join(folder, 'owner-other'), join(folder, name));
}

test('a lock of a process that runs is not taken away when the clock jumps, or the machine has slept', async () => {
  const hours = new ManualClock(Date.now() + 5 * 60 * 60_000);
  const awake = await KeyLocks.open(folder, hours);
  const steps: string[] = [];
  let finish = (): void => undefined;
  const first = locks.run('k', () => new Promise<void>((resolve) => (finish = resolve)));
  while (!(await readdir(folder)).includes('k')) await new Promise((resolve) => setImmediate(resolve));
  const second = awake.run('k', async () => void steps.push('second'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  steps.push('first');
  finish();
  await Promise.all([first, second]);
  expect(steps).toEqual(['first', 'second']);
  await awake.close();
});

test('a lock that nobody can tell the owner of is believed for a minute, and then watched for a while', async () => {
  for (const [name, content] of [
    ['torn', () => ''],
    ['elsewhere', (owner: LockOwner) => JSON.stringify({ ...owner, host: 'another' })],
  ] as const) {
    await left(name, content);
    await rm(join(folder, 'owner-other'));
  }
  const later = await KeyLocks.open(folder, new ManualClock(Date.now() + 61_000));
  const begin = performance.now();
  await Promise.all(['torn', 'elsewhere'].map((name) => later.run(name, () => Promise.resolve())));
  expect(performance.now() - begin).toBeGreaterThan(2900);
  await later.close();
}, 15_000);

// Only Linux says when a process began.
(process.platform === 'linux' ? describe : describe.skip)('on Linux', () => {
  test('a lock of a process whose number is another’s by now is taken away at once', async () => {
    await left('k', (owner) => JSON.stringify({ ...owner, began: '1' }));
    const begin = performance.now();
    await locks.run('k', () => Promise.resolve());
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
