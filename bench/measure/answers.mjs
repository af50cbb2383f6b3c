import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Headers an HTTP server writes by itself. */
const OWN = new Set([
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'content-type',
]);

/** What the bare server must answer, learned from the answer of another. */
export function learnAnswer({ kind, era }, { head, body }) {
  const headers = {};
  for (const line of head.split('\r\n').slice(1)) {
    const [, name, value] = /^([^:]+): *(.*)$/.exec(line);
    if (!OWN.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  // The runner reads bytes as latin1; what they say is UTF-8.
  const said = JSON.parse(Buffer.from(body, 'latin1').toString());
  return { path: barePath({ kind, era }), kind, headers, body: said };
}

/** Where the bare server answers one kind of question in one era. */
export function barePath({ kind, era }) {
  return `/${kind}-${era}`;
}

/** Writes the answers down for the bare server and hands over the file's name while it is needed. */
export async function withAnswers(answers, use) {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-bench-'));
  try {
    const file = join(folder, 'answers.json');
    writeFileSync(file, JSON.stringify(answers));
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
