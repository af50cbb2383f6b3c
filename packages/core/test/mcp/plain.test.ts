import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124 });
import { ContentBlockSchema } from '@modelcontextprotocol/sdk/types.js';
import { embedded, resourceLink } from '../../src/mcp/content.js';
import { NotPlain, toPlain } from '../../src/mcp/plain.js';
import { isCallToolResult, toToolResult, ToolResult } from '../../src/mcp/tool-result.js';

test('plain data is returned as it is, not copied', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toPlain(value)).toBe(value);
    }),
  );
});

test.each([
  ['an async generator', (async function* () {})(), 'as a list'],
  ['a stream', new Response('text').body, 'as a list'],
  ['a generator', (function* () {})(), 'return [...it]'],
  ['the values of a map', new Map([['a', 1]]).values(), 'return [...it]'],
  ['a response', new Response('{}'), 'await its json()'],
])('%s, which would be an empty object, is told with what to return', (_, value, cure) => {
  expect(() => toPlain({ found: value })).toThrow(NotPlain);
  expect(() => toPlain({ found: value })).toThrow(cure);
  expect(() => toPlain({ found: value })).toThrow('at result.found');
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
    floats: new Float64Array([0.5, 1]),
    bigs: new BigInt64Array([1n]),
    clamped: new Uint8ClampedArray([1, 2]),
    buffer: new Uint8Array([1, 2]).buffer,
    window: new DataView(new Uint8Array([0, 1, 2]).buffer, 1),
    url: new URL('https://example.com/a b'),
    pattern: /a\/b/gi,
    error: Object.assign(new TypeError('wrong'), {
      headers: { authorization: 'secret' },
      toJSON: () => 'own',
    }),
  };
  expect(JSON.parse(JSON.stringify(toPlain(value)))).toEqual({
    big: String(2n ** 70n),
    map: JSON.parse('{"1":["1970-01-01T00:00:00.000Z"],"__proto__":"1"}'),
    bytes: 'AQI=',
    own: { at: '1970-01-01T00:00:00.000Z' },
    bad: null,
    floats: [0.5, 1],
    bigs: ['1'],
    clamped: 'AQI=',
    buffer: 'AQI=',
    window: 'AQI=',
    url: 'https://example.com/a%20b',
    pattern: '/a\\/b/gi',
    error: { name: 'TypeError', message: 'wrong' },
  });
});

test('the keys of a map become names, if they can be', () => {
  expect(
    toPlain(
      new Map<unknown, unknown>([
        [1n, 'big'],
        [true, 'yes'],
        [null, 'none'],
        [new Date(0), 'when'],
      ]),
    ),
  ).toEqual({ '1': 'big', true: 'yes', null: 'none', '1970-01-01T00:00:00.000Z': 'when' });
  for (const key of [{}, [], Symbol('s'), () => 1])
    expect(() => toPlain({ a: new Map([[key, 1]]) })).toThrow('no names (return [...map]) at result.a');
});

test('a circle is told by its path through maps, sets, classes and toJSON', () => {
  class Node {
    next: unknown;
  }
  const node = new Node();
  node.next = new Map([['set', new Set([{ toJSON: () => ({ node }) }])]]);
  expect(() => toPlain({ node })).toThrow('a circular structure at result.node.next.set[0].node');
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

test.each([
  ['bytes', new Uint8Array([1, 2])],
  ['a buffer', new Uint8Array([1, 2]).buffer],
  ['a window', new DataView(new Uint8Array([0, 1, 2]).buffer, 1)],
])('%s is an embedded resource, alone and in a list with blocks', (_, bytes) => {
  const block = {
    type: 'resource',
    resource: { uri: 'data:application/octet-stream', mimeType: 'application/octet-stream', blob: 'AQI=' },
  };
  expect(toToolResult(bytes, 'none')).toEqual({ content: [block] });
  expect(toToolResult([{ type: 'text', text: 'a' }, bytes], 'none').content[1]).toEqual(block);
});

test('numbers of a typed array are a list', () => {
  expect(toToolResult(new Float32Array([1, 2]), 'none')).toEqual({
    content: [{ type: 'text', text: '[1,2]' }],
  });
});

test('a list with a promise in it says which one to await', () => {
  expect(() => toToolResult([{ type: 'text', text: 'a' }, Promise.resolve()], 'none')).toThrow(
    'an unresolved Promise (await it) at result[1]',
  );
});

test('blocks of resources are built, and known again', () => {
  const link = resourceLink({ uri: 'data://a', name: 'a', mimeType: 'text/plain', size: 3 });
  expect(link).toEqual({
    type: 'resource_link',
    uri: 'data://a',
    name: 'a',
    mimeType: 'text/plain',
    size: 3,
  });
  const text = embedded({ uri: 'data://a', text: 'a' });
  expect(text).toEqual({
    type: 'resource',
    resource: { uri: 'data://a', mimeType: 'text/plain', text: 'a' },
  });
  const blob = embedded({ uri: 'data://a', blob: new Uint8Array([1, 2]), mimeType: 'image/png' });
  expect(blob.resource).toEqual({ uri: 'data://a', mimeType: 'image/png', blob: 'AQI=' });
  expect(toToolResult([link, text, blob], 'none').content).toEqual([link, text, blob]);
  for (const block of [link, text, blob]) expect(ContentBlockSchema.parse(block)).toEqual(block);
  expect(() => embedded({ uri: 'data://a' } as never)).toThrow('exactly one of text and blob');
});

test.each([
  { type: 'resource', resource: {} },
  { type: 'resource', resource: { uri: 'data://a' } },
  { type: 'resource', resource: { text: 'a' } },
  { type: 'resource_link', uri: 'data://a' },
  { type: 'image', data: 'AQI=' },
  { type: 'text' },
])('%j is no block that a client could read, but data', (value) => {
  expect(toToolResult(value, 'none')).toMatchObject({ structuredContent: value });
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
