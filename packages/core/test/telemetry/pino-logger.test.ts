import fs from 'node:fs';
import type { Logger } from '@tenon/core';
import { PinoLogger } from '../../src/telemetry/pino-logger.js';

let lines: Record<string, unknown>[] = [];
let fds: unknown[] = [];

beforeEach(() => {
  lines = [];
  fds = [];
  jest.spyOn(fs, 'writeSync').mockImplementation(((fd: number, text: string | Buffer) => {
    fds.push(fd);
    const written = String(text).trimEnd().split('\n');
    lines.push(...written.map((line) => JSON.parse(line) as Record<string, unknown>));
    return Buffer.byteLength(text);
  }) as never);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Lines are written when the turn of the event loop ends. */
const turn = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

const logger = (): Logger => PinoLogger.create({ name: 't', level: 'info' });

test('a line is one JSON object on stderr, with its fields', () => {
  const log = logger();
  log.debug('quiet');
  log.info('one', { a: 1 });
  log.warn('two');
  log.error('three', { err: new Error('boom') });
  expect(fds).toEqual([2, 2]);
  expect(lines.map((line) => [line.level, line.msg])).toEqual([
    [30, 'one'],
    [40, 'two'],
    [50, 'three'],
  ]);
  expect(lines[0]).toMatchObject({ name: 't', a: 1 });
  expect(lines[2]?.err).toMatchObject({ message: 'boom' });
});

test('a warning is written at once, after what came before it', async () => {
  const log = logger();
  log.info('one');
  expect(lines).toEqual([]);
  log.warn('two');
  log.error('three');
  log.info('four');
  expect(lines.map(({ msg }) => msg)).toEqual(['one', 'two', 'three']);
  await turn();
  expect(lines).toHaveLength(4);
});

test('a child adds its fields to each of its lines', async () => {
  logger().child({ requestId: 7 }).child({ method: 'x' }).info('line');
  await turn();
  expect(lines[0]).toMatchObject({ requestId: 7, method: 'x' });
});

test.each([
  'authorization',
  'cookie',
  'password',
  'token',
  'access_token',
  'refresh_token',
  'client_secret',
  'apiKey',
])('the value of %s is not logged', async (field) => {
  logger().info('line', { [field]: 'hunter2', inner: { [field]: 'hunter2' }, kept: 'kept' });
  logger()
    .child({ [field]: 'hunter2' })
    .info('line');
  await turn();
  const text = JSON.stringify(lines);
  expect(text).not.toMatch('hunter2');
  expect(text).toMatch('kept');
});

test('secrets are not logged wherever they stand', () => {
  logger().error('request failed', {
    err: Object.assign(new Error('boom'), { config: { headers: { authorization: 'hunter2' } } }),
    request: { http: { headers: { cookie: 'hunter2' } } },
    list: [{ deep: { token: 'hunter2' } }],
  });
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toMatch('hunter2');
});

test('it says which lines it writes, its children too, before there are any', () => {
  const enabled = (log: Logger) =>
    (['debug', 'info', 'warn', 'error'] as const).map((level) => log.isEnabled(level));
  expect(enabled(logger())).toEqual([false, true, true, true]);
  expect(enabled(logger().child({ a: 1 }))).toEqual([false, true, true, true]);
  expect(enabled(PinoLogger.create({ name: 't', level: 'silent' }))).toEqual([false, false, false, false]);
});
