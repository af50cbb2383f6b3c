import { readOptions } from './options.js';

test('without options the fixture is judged over HTTP in both eras', () => {
  expect(readOptions([])).toMatchObject({
    url: undefined,
    eras: ['2025-11-25', '2026-07-28'],
    transport: 'http',
    raise: false,
  });
});

test.each([
  [['--era', '2024-11-05'], '--era is one of'],
  [['--transport', 'sse'], '--transport is http or stdio'],
  [['--url', 'localhost'], '--url is the address of a server'],
  [['--url', 'http://127.0.0.1:1/mcp', '--raise'], 'leave out --raise'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});
