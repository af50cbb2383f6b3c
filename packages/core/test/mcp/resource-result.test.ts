import { ReadResourceResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { audio, file, image, resourceLink, ResourceResult } from '@tenon/core';
import { NotPlain } from '../../src/mcp/plain.js';
import { toResourceResult } from '../../src/mcp/resource-result.js';

const uri = 'data://config';
const bytes = new Uint8Array([1, 2]);
const undeclared = { uri, mimeType: undefined };

test.each<[string, unknown, object]>([
  ['text', 'a', { mimeType: 'text/plain', text: 'a' }],
  ['no text at all', '', { mimeType: 'text/plain', text: '' }],
  ['bytes', bytes, { mimeType: 'application/octet-stream', blob: 'AQI=' }],
  ['a buffer', bytes.buffer, { mimeType: 'application/octet-stream', blob: 'AQI=' }],
  [
    'an object',
    { version: '1.0.0', features: ['auth'] },
    { mimeType: 'application/json', text: '{"version":"1.0.0","features":["auth"]}' },
  ],
  ['a list', ['a', 1n], { mimeType: 'application/json', text: '["a","1"]' }],
  ['a number', 0, { mimeType: 'application/json', text: '0' }],
  ['false', false, { mimeType: 'application/json', text: 'false' }],
  ['a date', new Date(0), { mimeType: 'text/plain', text: '1970-01-01T00:00:00.000Z' }],
  ['a picture', image({ data: bytes }), { mimeType: 'image/png', blob: 'AQI=' }],
  ['a sound', audio({ data: bytes }), { mimeType: 'audio/wav', blob: 'AQI=' }],
  ['a file', file({ data: bytes, name: 'a.pdf' }), { mimeType: 'application/pdf', blob: 'AQI=' }],
  [
    'an embedded resource without a type',
    { type: 'resource', resource: { uri: 'data://other', blob: 'AQI=' } },
    { mimeType: 'application/octet-stream', blob: 'AQI=' },
  ],
  [
    'data that only looks like contents',
    { contents: ['a'] },
    { mimeType: 'application/json', text: '{"contents":["a"]}' },
  ],
  ['no contents', { contents: [] }, { mimeType: 'application/json', text: '{"contents":[]}' }],
])('what a resource returns as %s becomes its contents', (_, value, contents) => {
  const result = toResourceResult(value, undeclared);
  expect(result).toEqual({ contents: [{ uri, ...contents }] });
  expect(ReadResourceResultSchema.parse(result)).toEqual(result);
});

test('the media type that was declared is the one that is sent', () => {
  for (const value of ['<a/>', { a: 1 }, bytes, image({ data: bytes }), file({ data: bytes })])
    expect(toResourceResult(value, { uri, mimeType: 'x/y' }).contents[0]).toMatchObject({
      uri,
      mimeType: 'x/y',
    });
});

test('what is known of the resource goes with each of its contents', () => {
  expect(toResourceResult('a', { ...undeclared, meta: { version: 1n } }).contents[0]?._meta).toEqual({
    version: '1',
  });
});

test('several contents are each of their own type', () => {
  const result = toResourceResult(
    new ResourceResult(
      [
        { content: 'a' },
        { content: { b: 1 }, uri: 'data://config/b', meta: { b: true } },
        { content: bytes, mimeType: 'image/png' },
        { uri: 'data://c', text: 'c' },
      ],
      { meta: { all: new Date(0) } },
    ),
    { uri, mimeType: undefined, meta: { a: 1 } },
  );
  expect(result).toEqual({
    contents: [
      { uri, mimeType: 'text/plain', text: 'a', _meta: { a: 1 } },
      { uri: 'data://config/b', mimeType: 'application/json', text: '{"b":1}', _meta: { a: 1, b: true } },
      { uri, mimeType: 'image/png', blob: 'AQI=', _meta: { a: 1 } },
      { uri: 'data://c', text: 'c' },
    ],
    _meta: { all: '1970-01-01T00:00:00.000Z' },
  });
  expect(ReadResourceResultSchema.parse(result)).toEqual(result);
});

test("the protocol's own form is kept", () => {
  const own = { contents: [{ uri: 'data://other', text: 'a' }], _meta: { a: 1 } };
  expect(toResourceResult(own, { uri, mimeType: 'x/y', meta: { b: 1 } })).toBe(own);
});

test('there are always contents', () => {
  expect(() => new ResourceResult([])).toThrow(TypeError);
  for (const nothing of [undefined, null, { toJSON: () => undefined }]) {
    expect(() => toResourceResult(nothing, undeclared)).toThrow(NotPlain);
    expect(() => toResourceResult(nothing, undeclared)).toThrow('(return text, bytes or a value) at result');
  }
  expect(() => toResourceResult(new ResourceResult([{ content: undefined }]), undeclared)).toThrow(
    'undefined (return text, bytes or a value) at contents[0]',
  );
});

test('what cannot be sent is told with its place', () => {
  expect(() => toResourceResult({ a: Promise.resolve() }, undeclared)).toThrow('(await it) at result.a');
  expect(() =>
    toResourceResult(
      image({ path: 'none.png' }).catch(() => 0),
      undeclared,
    ),
  ).toThrow(NotPlain);
});

test('a block that is no contents is data', () => {
  const link = resourceLink({ uri: 'data://a', name: 'a' });
  expect(toResourceResult(link, undeclared).contents[0]).toMatchObject({ text: JSON.stringify(link) });
});
