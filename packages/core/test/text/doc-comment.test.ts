import { parseDocComment } from '../../src/text/doc-comment.js';

const description = (block: string): string | undefined => parseDocComment(block).description;

test('a doc comment on one line is its text', () => {
  expect(description('/** Weather forecast for a city. */')).toBe('Weather forecast for a city.');
});

test.each([
  ['/** a */', 'a'],
  ['/**a*/', 'a'],
  ['/** a **/', 'a'],
  ['/*** a */', 'a'],
  ['/** 2 * 3 */', '2 * 3'],
  ['/** mail a@b.co */', 'mail a@b.co'],
  ['/** see {@link Api the call} */', 'see the call'],
  ['/** @deprecated */', undefined],
])('%s on one line says %s', (block, text) => {
  expect(description(block)).toBe(text);
});

test('lines of a paragraph join, blank lines part paragraphs', () => {
  const block = `/**
   * Weather forecast
   * for a city.
   *
   *
   * Ask for fewer days first.
   */`;
  expect(description(block)).toBe('Weather forecast for a city.\n\nAsk for fewer days first.');
});

test('lines need no leading asterisk', () => {
  expect(description('/**\n      One\n      two\n  */')).toBe('One two');
});

test('lists and fenced code keep their lines', () => {
  const block = `/**
   * Takes:
   * - a city,
   *   as people write it
   * - a country
   *
   * \`\`\`json
   * { "city":
   *     "@home" }
   * \`\`\`
   */`;
  expect(description(block)).toBe(
    'Takes:\n- a city, as people write it\n- a country\n\n```json\n{ "city":\n    "@home" }\n```',
  );
});

test('the description ends at the first tag', () => {
  expect(description('/**\n * Adds.\n * @returns the sum\n * of both\n */')).toBe('Adds.');
  expect(description('/** @deprecated */')).toBeUndefined();
});

test('a comment without text has no description', () => {
  expect(description('/** */')).toBeUndefined();
  expect(description('/***/')).toBeUndefined();
  expect(description('/****/')).toBeUndefined();
});

test('inline tags read as their words', () => {
  expect(description('/** See {@link Api}, {@link Api.call the call} and {@link Api | that}. */')).toBe(
    'See Api, the call and that.',
  );
});

test('parameters are read with and without type, dash, brackets and default', () => {
  const { params } = parseDocComment(`/**
   * Plans.
   * @param city where to
   * @param {number} days - how many,
   *        at most 14
   * @param {{ a: { b: string } }} options where it matters
   * @param [unit='C'] the scale
   * @param empty
   * @param delta -1 goes back
   * @throws never
   */`);
  expect([...params]).toEqual([
    ['city', 'where to'],
    ['days', 'how many, at most 14'],
    ['options', 'where it matters'],
    ['unit', 'the scale'],
    ['delta', '-1 goes back'],
  ]);
});
