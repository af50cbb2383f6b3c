import { Encoder, encodeNotification, type Era, type Outcome } from '@tenon/core';

const info = { name: 't', version: '1' };
const meta = { 'io.modelcontextprotocol/serverInfo': info };
const encoder = new Encoder(info);
const read = (outcome: Outcome, era: Era, id: string | number | null = 1): unknown =>
  JSON.parse(encoder.answer(id, outcome, era) ?? 'null');

test.each<Outcome>([
  { is: 'result', value: {} },
  { is: 'json', text: '{}' },
])('an empty result is a whole answer in both eras', (outcome) => {
  expect(read(outcome, 'legacy')).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  expect(read(outcome, 'modern')).toEqual({
    jsonrpc: '2.0',
    id: 1,
    result: { resultType: 'complete', _meta: meta },
  });
});

test.each<Outcome>([
  { is: 'result', value: { tools: [], nested: { a: '}' } } },
  { is: 'json', text: '{"tools":[],"nested":{"a":"}"}}' },
])('the newer era adds its fields to a result, the older sends it as it is', (outcome) => {
  const value = { tools: [], nested: { a: '}' } };
  expect(read(outcome, 'legacy')).toEqual({ jsonrpc: '2.0', id: 1, result: value });
  expect(read(outcome, 'modern')).toEqual({
    jsonrpc: '2.0',
    id: 1,
    result: { ...value, resultType: 'complete', _meta: meta },
  });
});

test("a result with a _meta of its own keeps it, beside the server's", () => {
  expect(read({ is: 'result', value: { _meta: { own: 1 } } }, 'modern')).toEqual({
    jsonrpc: '2.0',
    id: 1,
    result: { resultType: 'complete', _meta: { ...meta, own: 1 } },
  });
  expect(read({ is: 'result', value: { _meta: { own: 1 } } }, 'legacy')).toMatchObject({
    result: { _meta: { own: 1 } },
  });
});

test('a result that says its type keeps it', () => {
  expect(read({ is: 'result', value: { resultType: 'input_required' } }, 'modern')).toMatchObject({
    result: { resultType: 'input_required', _meta: meta },
  });
});

test('an error has code, message and data, and nothing of how it is refused', () => {
  const outcome: Outcome = {
    is: 'error',
    code: -32602,
    message: 'm',
    data: { a: 1 },
    refusal: 'malformed',
    retryAfterMs: 5,
  };
  for (const era of ['legacy', 'modern'] as const) {
    expect(read(outcome, era)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32602, message: 'm', data: { a: 1 } },
    });
    expect(read({ is: 'error', code: 1, message: 'm' }, era)).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: { code: 1, message: 'm' },
    });
  }
});

test.each(['a"b\n', 'ü', 0, -1, null])('the id %p comes back as it was', (id) => {
  expect(read({ is: 'result', value: {} }, 'legacy', id)).toMatchObject({ id });
});

test('what is not answered has no text', () => {
  expect(encoder.answer(1, { is: 'none' }, 'modern')).toBeUndefined();
});

test('a notification has no id', () => {
  expect(JSON.parse(encodeNotification('notifications/x', { a: 1 }))).toEqual({
    jsonrpc: '2.0',
    method: 'notifications/x',
    params: { a: 1 },
  });
});
