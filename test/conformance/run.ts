/**
 * The official conformance suite against the fixture server, counted by this project's own rule and held to a floor.
 *
 *     npm run conformance -- [--url URL] [--set 2025-11-25|2026-07-28|0.1.16] [--transport http|stdio|plugin]
 *                            [--raise] [--output DIR] [--verbose]
 *
 * A scenario passes with no FAILURE and at least one SUCCESS of its own (`count.ts` says why the suite's tick is not enough).
 * For each transport and each set: passed of the scored ones, and why the others did not pass. The floor (`floor.json`) names what must pass;
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
import { startFixture } from './fixture.js';
import { compareToFloor, raiseFloor, type Floor } from './floor.js';
import { readOptions, type Options, type Transport } from './options.js';
import { reach } from './port.js';
import { readRecords } from './records.js';
import { installReferee, runReferee, type Referee } from './referee.js';
import { toLines, type SetResult } from './report.js';
import type { ScenarioSet } from './scenario-set.js';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/conformance', import.meta.url));
const FLOOR = fileURLToPath(new URL('../floor.json', import.meta.url));

// By itself the signal would end the program without its 'exit' event, at which the server under test is ended.
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
  const results: SetResult[] = [];
  for (const transport of options.transports) {
    const judged = await judgeServer(options, transport, { referee, floor });
    for (const result of judged) say(...toLines(result, options.verbose));
    results.push(...judged);
  }
  if (options.raise) await writeFloor(floor, results);
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

/** What every part of a run needs. */
interface Court {
  readonly referee: Referee;
  readonly floor: Floor;
}

async function judgeServer(
  options: Options,
  transport: Transport,
  court: Court,
): Promise<readonly SetResult[]> {
  const fixture = options.url === undefined ? await startFixture(transport) : undefined;
  const folder = options.output ?? (await mkdtemp(join(tmpdir(), 'tenon-conformance-')));
  const results: SetResult[] = [];
  try {
    for (const set of options.sets) {
      const output = join(folder, transport, set);
      results.push(await judgeSet(court, { transport, set, url: fixture?.url ?? options.url ?? '', output }));
    }
  } finally {
    if (options.output === undefined) await rm(folder, { recursive: true });
    await fixture?.stop();
  }
  return results;
}

async function judgeSet(
  { referee, floor }: Court,
  place: { transport: Transport; set: ScenarioSet; url: string; output: string },
): Promise<SetResult> {
  const { transport, set, output } = place;
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const scored = await runReferee(referee, place);
  const records = await readRecords(output);
  const held = floor[transport][set];
  const verdicts = judgeAll(new Set([...scored, ...held, ...records.keys()]), records);
  return { transport, set, scored, verdicts, records, comparison: compareToFloor(verdicts, scored, held) };
}

async function writeFloor(floor: Floor, results: readonly SetResult[]): Promise<void> {
  const raised = results.reduce(
    (now, { transport, set, comparison }) => raiseFloor(now, { transport, set }, comparison.above),
    floor,
  );
  await writeFile(FLOOR, `${JSON.stringify(raised, undefined, 2)}\n`);
}

function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
