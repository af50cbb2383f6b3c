/**
 * Names of the server scenarios a revision scores, from the requirements file inside the suite's package.
 *
 * The file is YAML, of which only the list under `server:` matters here; the suite runs more than these, without scoring them.
 */
export function readScored(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const start = lines.indexOf('server:');
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^\w/.test(line));
  const names = rest
    .slice(0, end === -1 ? undefined : end)
    .flatMap((line) => /^\s*-\s+([\w/.-]+)\s*$/.exec(line)?.[1] ?? []);
  if (start === -1 || names.length === 0)
    throw new Error('The requirements file of the suite lists no server scenarios.');
  return names;
}

/** Names of the scenarios that a run announced, each before it began: all of a suite that has no requirements file. */
export function readAnnounced(output: string): readonly string[] {
  const names = [...output.matchAll(/^=== Running scenario: (\S+) ===$/gm)].map(([, name = '']) => name);
  if (names.length === 0) throw new Error(`The suite ran no scenario:\n${output.slice(-2_000)}`);
  return names;
}
