import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124 });
import { checkMessage, idOf, MAX_DEPTH, parseJson, ProtocolError, readMessage } from '@tenon/core';

function refusal(text: string): number {
  try {
    readMessage(text);
  } catch (error) {
    if (ProtocolError.is(error)) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
}

test.each([
  '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  '{"jsonrpc":"2.0","id":"a","method":"ping","params":{}}',
  '{"jsonrpc":"2.0","id":0,"method":"ping"}',
  '{"jsonrpc":"2.0","id":-5,"method":"ping"}',
  '{"jsonrpc":"2.0","method":"notifications/x"}',
  '{"jsonrpc":"2.0","id":1,"result":{}}',
  '{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}}',
])('%s is a message', (text) => {
  expect(readMessage(text)).toEqual(JSON.parse(text));
});

test.each(['', 'not json', '{"a":', '[1,', 'undefined', '{"jsonrpc":"2.0","id":1,"method":"x"}}'])(
  '%p is no JSON',
  (text) => {
    expect(refusal(text)).toBe(-32700);
  },
);

test.each([
  'null',
  '1',
  '"text"',
  '[]',
  '[{"jsonrpc":"2.0","id":1,"method":"ping"}]',
  '{}',
  '{"id":1,"method":"ping"}',
  '{"jsonrpc":"1.0","id":1,"method":"ping"}',
  '{"jsonrpc":"2.0","id":1}',
  '{"jsonrpc":"2.0","id":null,"method":"ping"}',
  '{"jsonrpc":"2.0","id":1.5,"method":"ping"}',
  '{"jsonrpc":"2.0","id":1e300,"method":"ping"}',
  '{"jsonrpc":"2.0","id":{},"method":"ping"}',
  '{"jsonrpc":"2.0","id":true,"method":"ping"}',
  '{"jsonrpc":"2.0","id":1,"method":7}',
  '{"jsonrpc":"2.0","id":1,"method":null}',
  '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}',
  '{"jsonrpc":"2.0","id":1,"method":"ping","params":null}',
  '{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}',
  '{"jsonrpc":"2.0","result":{}}',
  `{"jsonrpc":"2.0","id":"${'x'.repeat(257)}","method":"ping"}`,
])('%s is no message', (text) => {
  expect(refusal(text)).toBe(-32600);
});

const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + '1' + close.repeat(depth);

test.each([
  ['[', ']'],
  ['{"a":', '}'],
])('what nests in %s is bounded', (open, close) => {
  const within = nested(MAX_DEPTH - 1, open, close);
  expect(() =>
    readMessage(`{"jsonrpc":"2.0","method":"x","params":{"a":${within.slice(open.length, -1)}}}`),
  ).not.toThrow();
  expect(refusal(nested(MAX_DEPTH + 1, open, close))).toBe(-32700);
  expect(refusal(nested(100_000, open, close))).toBe(-32700);
});

test.each([
  '{"__proto__":{}}',
  '{"a":[{"b":{"__proto__":1}}]}',
  '{"constructor":{"prototype":{}}}',
  '{"a":{"constructor":{"prototype":1}}}',
  '{"\\u005f_proto__":1}',
])('%s would reach a prototype, and is refused', (text) => {
  expect(refusal(text)).toBe(-32700);
});

test.each(['{"constructor":"Renault"}', '{"prototype":1}', '{"constructor":{"name":"x"}}'])(
  '%s reaches no prototype',
  (text) => {
    expect(() => parseJson(text)).not.toThrow();
  },
);

test('the id of a refused message is found where it is one', () => {
  expect(idOf({ id: 7 })).toBe(7);
  expect(idOf({ id: 'a' })).toBe('a');
  expect(idOf({ id: 0 })).toBe(0);
  for (const value of [{ id: null }, { id: {} }, {}, null, 1, 'x']) expect(idOf(value)).toBeNull();
});

test('whatever is read is a message or a ProtocolError', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      try {
        readMessage(text);
      } catch (error) {
        expect(ProtocolError.is(error)).toBe(true);
      }
    }),
  );
  fc.assert(
    fc.property(fc.anything(), (value) => {
      try {
        checkMessage(value);
      } catch (error) {
        expect(ProtocolError.is(error)).toBe(true);
      }
    }),
  );
});
