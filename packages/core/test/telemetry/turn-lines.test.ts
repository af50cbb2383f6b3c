import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TurnLines } from '../../src/telemetry/turn-lines.js';

let written: string[] = [];
const out = { write: (text: string) => written.push(text) };
const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  written = [];
});

test('the lines of one turn are written together, those of the next by themselves', async () => {
  const lines = new TurnLines(out);
  lines.write('a\n');
  lines.write('b\n');
  expect(written).toEqual([]);
  await turn();
  lines.write('c\n');
  await turn();
  await turn();
  expect(written).toEqual(['a\nb\n', 'c\n']);
});

test('no turn keeps back more than a bounded text', () => {
  const lines = new TurnLines(out);
  for (let n = 0; n < 10; n++) lines.write(`${'x'.repeat(30_000)}\n`);
  expect(written.length).toBeGreaterThanOrEqual(3);
});

test.each([
  ['process.exit()', 'process.exit(3)'],
  ['an error that nobody catches', 'throw new Error("boom")'],
])('with %s the last lines of the log are written all the same', async (_, end) => {
  const logger = new URL('../../dist/telemetry/pino-logger.js', `file://${__filename}`);
  const program = `import { PinoLogger } from '${logger.href}';
    PinoLogger.create({ name: 't', level: 'info' }).info('the last line');
    ${end};`;
  const ended = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  await expect(ended).rejects.toMatchObject({ stderr: expect.stringContaining('"msg":"the last line"') });
});
