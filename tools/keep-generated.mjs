// A generated file is committed and kept: without arguments a tool writes it, with --check it says whether it is stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes the text to the file; with --check compares only, and fails naming the command that mends it. */
export function keepGenerated(path, text, command) {
  if (read(path) === text) return;
  if (process.argv.includes('--check')) fail(`${path} is stale: npm run ${command}`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** The text of a file with what stands between two markers replaced. */
export function replaceBetween(text, marker, replacement) {
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`There is no ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n\n${replacement}\n\n${text.slice(end)}`;
}

/** Says what is wrong, and makes the program fail when it ends. */
export function fail(problem) {
  console.error(problem);
  process.exitCode = 1;
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
