import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124 });
import { NotPlain, toPlain } from '../../src/mcp/plain.js';
import { isCallToolResult, toToolResult, ToolResult } from '../../src/mcp/tool-result.js';

test('plain data is returned as it is, not copied', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toPlain(value)).toBe(value);
    }),
  );
});

test('only what changes is copied, and the original stays', () => {
  const kept = { a: 1 };
  const value = { kept, when: new Date(0) };
  const plain = toPlain(value) as typeof value;
  expect(plain).toEqual({ kept, when: '1970-01-01T00:00:00.000Z' });
  expect(plain.kept).toBe(kept);
  expect(value.when).toBeInstanceOf(Date);
});

test('whatever is plain can be sent', () => {
  const value = {
    big: 2n ** 70n,
    map: new Map<unknown, unknown>([
      [1, new Set([new Date(0)])],
      ['__proto__', 1n],
    ]),
    bytes: new Uint8Array([1, 2]),
    own: { toJSON: () => ({ at: new Date(0) }) },
    bad: new Date(NaN),
  };
  expect(JSON.parse(JSON.stringify(toPlain(value)))).toEqual({
    big: String(2n ** 70n),
    map: JSON.parse('{"1":["1970-01-01T00:00:00.000Z"],"__proto__":"1"}'),
    bytes: 'AQI=',
    own: { at: '1970-01-01T00:00:00.000Z' },
    bad: null,
  });
});

test('one object at two places is no circle', () => {
  const twice = { when: new Date(0) };
  expect(toPlain([twice, { again: twice }])).toEqual([
    { when: '1970-01-01T00:00:00.000Z' },
    { again: { when: '1970-01-01T00:00:00.000Z' } },
  ]);
});

test('what cannot be sent is told with its place', () => {
  const circle: Record<string, unknown> = { list: [] };
  (circle.list as unknown[]).push({ back: circle });
  expect(() => toPlain(circle)).toThrow(NotPlain);
  expect(() => toPlain(circle)).toThrow('result.list[0].back');
  expect(() => toPlain({ a: [Promise.resolve()] })).toThrow('result.a[0]');
  expect(() => toPlain({ f: () => 1 }, 'structured')).toThrow('structured.f');
  expect(() => toPlain({ s: Symbol('s') })).toThrow(NotPlain);
});

test('every block of a result has the text the protocol asks for', () => {
  const block = { type: 'text', text: 'a' };
  for (const value of [[block, undefined], { toJSON: () => undefined }]) {
    const { content } = toToolResult(value, 'none');
    for (const each of content) expect(typeof (each as { text?: unknown }).text).toBe('string');
  }
});

test("a result in the protocol's own form is known by its blocks", () => {
  const block = { type: 'text', text: 'a' };
  expect(isCallToolResult({ content: [block] })).toBe(true);
  expect(isCallToolResult({ content: [], structuredContent: {} })).toBe(true);
  expect(isCallToolResult({ content: [], isError: true })).toBe(true);
  expect(isCallToolResult({ content: [] })).toBe(false);
  expect(isCallToolResult({ content: ['a'] })).toBe(false);
  expect(isCallToolResult({ content: 'a' })).toBe(false);
  expect(isCallToolResult([block])).toBe(false);
});

test('a ToolResult needs content, structured, or both', () => {
  expect(() => new ToolResult({})).toThrow(TypeError);
  expect(toToolResult(new ToolResult({ structured: { a: 1n } }), 'none')).toEqual({
    content: [{ type: 'text', text: '{"a":"1"}' }],
    structuredContent: { a: '1' },
  });
  expect(toToolResult(new ToolResult({ content: 'no', isError: true }), 'none')).toEqual({
    content: [{ type: 'text', text: 'no' }],
    isError: true,
  });
});

test.each([
  ['text', { result: 'text' }],
  [4, { result: 4 }],
  [undefined, { result: null }],
  [[1n], { result: ['1'] }],
])('%p is wrapped', (value, structuredContent) => {
  expect(toToolResult(value, 'wrapped').structuredContent).toEqual(structuredContent);
});
