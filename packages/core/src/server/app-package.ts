import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Name and version out of the package.json of the program that runs; empty where there is none. */
export function appPackage(script: string | undefined = process.argv[1]): {
  name?: string;
  version?: string;
} {
  for (let folder = script ? dirname(script) : process.cwd(); ; folder = dirname(folder)) {
    const found = readPackage(join(folder, 'package.json'));
    if (found) return found;
    if (folder === dirname(folder)) return {};
  }
}

function readPackage(file: string): { name?: string; version?: string } | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown };
    return { ...(typeof name === 'string' && { name }), ...(typeof version === 'string' && { version }) };
  } catch {
    return undefined;
  }
}
