/**
 * The official conformance suite against the fixture server, counted by this project's own rule and held to a floor.
 *
 *     npm run conformance -- [--url URL] [--era 2025-11-25|2026-07-28] [--transport http|stdio] [--raise] [--output DIR] [--verbose]
 *
 * A scenario passes with no FAILURE and at least one SUCCESS of its own (`count.ts` says why the suite's tick is not enough).
 * For each era: passed of the scored ones, and why the others did not pass. The floor (`floor.json`) names what must pass;
 * `--raise` adds every scored scenario that passes and is not in it. What the suite runs without scoring it can be held too,
 * by writing its name into the floor by hand.
 *
 * The last line is `N passed, N failed`: passed are the scored scenarios that passed, and any other the floor names; failed
 * are those of the floor that did not. A scored scenario that never passed is neither, it is in the list above.
 *
 * Exit code 0: the floor holds. 1: it does not, or nothing passed at all. 2: the run could not be made.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeAll } from './count.js';
import type { Era } from './era.js';
import { startFixture } from './fixture.js';
import { compareToFloor, raiseFloor, type Floor } from './floor.js';
import { readOptions, type Options } from './options.js';
import { reach } from './port.js';
import { readRecords } from './records.js';
import { installReferee, listScored, runReferee, type Referee } from './referee.js';
import { toLines, type EraResult } from './report.js';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/conformance', import.meta.url));
const FLOOR = fileURLToPath(new URL('../floor.json', import.meta.url));

process.once('SIGTERM', () => process.exit(143));
try {
  process.exitCode = await run(readOptions(process.argv.slice(2)));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}

async function run(options: Options): Promise<number> {
  if (options.url !== undefined) await checkReachable(options.url);
  const floor = JSON.parse(await readFile(FLOOR, 'utf8')) as Floor;
  const referee = await installReferee(CACHE);
  const results = await judgeServer(options, referee, floor);
  for (const result of results) say(...toLines(result, options.verbose));
  if (options.raise) await writeFloor(floor, options, results);
  const passed = results.reduce((sum, { comparison }) => sum + comparison.passed, 0);
  const failed = results.reduce((sum, { comparison }) => sum + comparison.below.length, 0);
  if (passed === 0) say('Nothing passed: is this the address of a server?');
  say(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/** The suite would go on against a closed port and tick a few scenarios all the same. */
async function checkReachable(url: string): Promise<void> {
  await reach(url).catch((error: unknown) => {
    throw new Error(
      `Nothing listens at ${url} (${error instanceof Error ? error.message : String(error)}): start the server first.`,
    );
  });
}

async function judgeServer(options: Options, referee: Referee, floor: Floor): Promise<readonly EraResult[]> {
  const fixture = options.url === undefined ? await startFixture(options.transport) : undefined;
  const folder = options.output ?? (await mkdtemp(join(tmpdir(), 'tenon-conformance-')));
  const results: EraResult[] = [];
  try {
    for (const era of options.eras) {
      const place = { era, url: fixture?.url ?? options.url ?? '', output: join(folder, era) };
      results.push(await judgeEra(referee, place, floor[options.transport][era]));
    }
  } finally {
    if (options.output === undefined) await rm(folder, { recursive: true });
    await fixture?.stop();
  }
  return results;
}

async function judgeEra(
  referee: Referee,
  place: { era: Era; url: string; output: string },
  floor: readonly string[],
): Promise<EraResult> {
  await rm(place.output, { recursive: true, force: true });
  await mkdir(place.output, { recursive: true });
  await runReferee(referee, place);
  const scored = await listScored(referee, place.era);
  const records = await readRecords(place.output);
  const names = new Set([...scored, ...floor, ...records.keys()]);
  const verdicts = judgeAll(names, records);
  return { era: place.era, scored, verdicts, records, comparison: compareToFloor(verdicts, scored, floor) };
}

async function writeFloor(
  floor: Floor,
  { transport }: Options,
  results: readonly EraResult[],
): Promise<void> {
  const raised = results.reduce(
    (now, { era, comparison }) => raiseFloor(now, { transport, era }, comparison.above),
    floor,
  );
  await writeFile(FLOOR, `${JSON.stringify(raised, undefined, 2)}\n`);
}

function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
