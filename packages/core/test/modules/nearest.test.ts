import { nearest } from '../../src/modules/nearest.js';

const KNOWN = ['name', 'version', 'imports', 'providers', 'handlers', 'middleware'];

test.each([
  ['handler', 'handlers'],
  ['Provider', 'providers'],
  ['middlewares', 'middleware'],
  ['import', 'imports'],
  ['nmae', 'name'],
])('%s probably means %s', (word, meant) => {
  expect(nearest(word, KNOWN)).toBe(meant);
});

test.each(['controllers2000', 'zzzzzz', 'x'])('%s means nothing that is known', (word) => {
  expect(nearest(word, ['handlers', 'middleware'])).toBeUndefined();
});

test('without words there is none that is near', () => {
  expect(nearest('a', [])).toBeUndefined();
});
