import { digest } from '../../src/mcp/digest.js';

test('the same words have the same name, in whatever order they stand', () => {
  expect(digest({ a: 1, b: [{ c: 2, d: undefined }] })).toBe(digest({ b: [{ c: 2 }], a: 1 }));
  expect(digest({ b: 1, a: 2 })).toBe(digest({ a: 2, b: 1 }));
  expect(digest({ 9: 2, 10: 1, z: null })).toBe(digest({ z: null, 10: 1, 9: 2 }));
  expect(digest({ at: new Date(0) })).toBe(digest({ at: '1970-01-01T00:00:00.000Z' }));
});

test.each([
  [{ a: [1, 2] }, { a: [2, 1] }],
  [{ a: '1' }, { a: 1 }],
  [{ a: null }, {}],
  [{ a: '","b":"' }, { a: '', b: '' }],
  [[[1], 2], [[1, 2]]],
  [[undefined], []],
])('%j and %j are not the same', (one, other) => {
  expect(digest(one)).not.toBe(digest(other));
});
