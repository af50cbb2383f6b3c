import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from './count.js';

/** The suite writes `server-<scenario>-<time>/checks.json`. */
const FOLDER = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/;

/** Checks by scenario, from the folder the suite wrote them to; a scenario that threw is missing. */
export async function readRecords(folder: string): Promise<ReadonlyMap<string, readonly Check[]>> {
  const records = new Map<string, readonly Check[]>();
  for (const each of (await readdir(folder)).sort()) {
    const name = FOLDER.exec(each)?.[1];
    if (name === undefined) continue;
    const text = await readFile(join(folder, each, 'checks.json'), 'utf8').catch(() => undefined);
    if (text !== undefined) records.set(name, JSON.parse(text) as Check[]);
  }
  return records;
}
