import { join } from 'node:path';
import { answerProblem } from './answer-problem.js';
import { badMessage } from './bad-messages.js';
import { fuzzHttp } from './fuzz-http.js';
import { fuzzStdio } from './fuzz-stdio.js';
import { Random } from './random.js';

/** The fixture of the conformance suite, as it was built. */
const SERVER = join(__dirname, '../conformance/dist/server.js');

test.each([
  ['HTTP', fuzzHttp],
  ['stdio', fuzzStdio],
])(
  'thousands of bad messages and frames over %s end nothing, and everything that comes back is JSON-RPC',
  async (_, fuzz) => {
    const report = await fuzz(SERVER, { count: 2500, seed: 1 });
    expect(report.failures).toEqual([]);
    expect(report.sent).toBe(2500);
    // Some of them get as far as a method, or the run would show little.
    expect(report.counts.get('200') ?? report.counts.get('result')).toBeGreaterThan(100);
  },
  60_000,
);

test('a seed repeats its messages', () => {
  const messages = (seed: number) => [1, 2, 3].map((i) => badMessage(new Random(seed + i)));
  expect(messages(7)).toEqual(messages(7));
  expect(messages(7)).not.toEqual(messages(8));
});

test.each([
  '{"jsonrpc":"2.0","id":1,"result":{}}',
  '{"jsonrpc":"2.0","id":"a","error":{"code":-32600,"message":"no"}}',
  '{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}',
  '{"jsonrpc":"2.0","method":"notifications/message","params":{}}',
  '{"jsonrpc":"2.0","id":"server-1","method":"roots/list"}',
  '[{"jsonrpc":"2.0","id":1,"result":{}}]',
])('%s is an answer', (text) => {
  expect(answerProblem(text)).toBeUndefined();
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"id":1,"result":{}}',
  '{"jsonrpc":"2.0","id":1}',
  '{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":"x"}}',
  '{"jsonrpc":"2.0","id":null,"result":{}}',
  '{"jsonrpc":"2.0","id":1,"result":7}',
  '{"jsonrpc":"2.0","id":1,"error":{"code":"x","message":"x"}}',
  '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}',
  '{"jsonrpc":"2.0","id":{},"error":{"code":1,"message":"x"}}',
  '{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"Internal error (ref 0123456789)"}}',
  '{"statusCode":500,"error":"Internal Server Error"}',
  '{"jsonrpc":"2.0","method":7}',
])('%s is none', (text) => {
  expect(answerProblem(text)).toBeDefined();
});
