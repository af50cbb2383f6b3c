import { readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Name and version out of the package.json of the program that runs; empty where there is none. */
export function appPackage(script: string | undefined = process.argv[1]): {
  name?: string;
  version?: string;
} {
  return findPackage(script)?.package ?? {};
}

/** The folder of that package.json; where a tool runs the code, or there is none, the one the program was started in. */
export function appFolder(script: string | undefined = process.argv[1]): string {
  if (!script || script.split(sep).includes('node_modules')) return process.cwd();
  return findPackage(script)?.folder ?? process.cwd();
}

interface Found {
  readonly folder: string;
  readonly package: { readonly name?: string; readonly version?: string };
}

function findPackage(script: string | undefined): Found | undefined {
  for (let folder = script ? dirname(script) : process.cwd(); ; folder = dirname(folder)) {
    const found = readPackage(join(folder, 'package.json'));
    if (found) return { folder, package: found };
    if (folder === dirname(folder)) return undefined;
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
