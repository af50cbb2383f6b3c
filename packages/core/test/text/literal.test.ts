import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_124 });
import { inspect } from 'node:util';
import { readLiteral } from '../../src/text/literal.js';

test('numbers are read in every notation', () => {
  for (const [text, value] of [
    ['3', 3],
    ['-2.5', -2.5],
    ['+1', 1],
    ['.5', 0.5],
    ['1_000', 1000],
    ['0xFF', 255],
    ['1e-3', 0.001],
    ['1e+3', 1000],
    ['0b11', 3],
  ] as const) {
    expect(readLiteral(text)).toEqual({ value });
  }
});

test('strings are read with their escapes', () => {
  expect(readLiteral(String.raw`'it\'s\n\x41\u0042\u{1F600}'`)).toEqual({ value: "it's\nAB😀" });
  expect(readLiteral('`plain ${`')).toBeUndefined();
  expect(readLiteral('`plain $5`')).toEqual({ value: 'plain $5' });
});

test('lists and objects are read as JavaScript writes them', () => {
  expect(readLiteral("[1, 'a', [], {}, { b: null, 'c d': true, }, ]")).toEqual({
    value: [1, 'a', [], {}, { b: null, 'c d': true }],
  });
});

test('what has to be evaluated is no literal', () => {
  for (const text of [
    'Date.now()',
    'undefined',
    'a',
    '1 + 2',
    '10n',
    '`${a}`',
    '[a]',
    '{ a }',
    '{ ...a }',
    '{ __proto__: null }',
    '() => 1',
    "'a' + b",
    '[1,,2]',
    '',
  ]) {
    expect(readLiteral(text)).toBeUndefined();
  }
});

test('every JSON text is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const value: unknown = JSON.parse(json);
      fc.pre(!json.includes('__proto__'));
      expect(readLiteral(json)).toEqual({ value });
    }),
  );
});

test('what node prints of plain values is read back', () => {
  const plain = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(plain, (value) => {
      expect(readLiteral(inspect(value, { depth: null, maxStringLength: null }))).toEqual({ value });
    }),
  );
});
