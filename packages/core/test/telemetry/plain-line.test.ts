import fs from 'node:fs';
import { pino } from 'pino';
import { seenIn } from '../../src/telemetry/plain-line.js';
import { PinoLogger } from '../../src/telemetry/pino-logger.js';

const NAME = 'a "server"';

let written = '';

beforeEach(() => {
  written = '';
  jest.spyOn(Date, 'now').mockReturnValue(1_700_000_000_123);
  jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Buffer) => {
    written += String(text);
    return Buffer.byteLength(text);
  }) as never);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** What pino itself writes. */
function byPino(level: 'info' | 'warn' | 'error', message: string): string {
  let text = '';
  pino({ name: NAME, level: 'info' }, { write: (line) => (text += line) })[level](message);
  return text;
}

test.each([
  'Request tools/call completed in 1.83ms',
  '',
  'with "quotes", a \\ and\nlines',
  '100 % of %s and %d',
  'Grüße, 水, 🐟',
  '\u0000\u007f\u2028',
  'x'.repeat(500),
])('the line that says %j is byte for byte the one of pino', (message) => {
  const log = PinoLogger.create({ name: NAME, level: 'info' });
  let expected = '';
  for (const level of ['info', 'warn', 'info', 'error'] as const) {
    log[level](message);
    expected += byPino(level, message);
  }
  log.debug(message);
  log.error('end');
  expect(written).toBe(expected + byPino('error', 'end'));
});

test('a line of another form is left to pino', () => {
  expect(seenIn('{"level":30,"time":1700,"pid":1,"msg":"a line like any other"}\n')).toEqual({
    before: '{"level":30,"time":',
    between: ',"pid":1,"msg":',
  });
  for (const other of [
    '',
    '{"level":30,"time":"2026-11-26","msg":"a line like any other"}\n',
    '{"level":30,"time":1700,"msg":"a line like any other","last":1}\n',
  ])
    expect(seenIn(other)).toBeUndefined();
});
