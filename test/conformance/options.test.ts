import { readOptions } from './options.js';

test('without options the fixture is judged by every set, in each way that leads to it', () => {
  expect(readOptions([])).toMatchObject({
    url: undefined,
    sets: ['2025-11-25', '2026-07-28', '0.1.16'],
    transports: ['http', 'stdio', 'plugin'],
    raise: false,
  });
});

test('one set and one transport can be asked for', () => {
  expect(readOptions(['--set', '0.1.16', '--transport', 'plugin'])).toMatchObject({
    sets: ['0.1.16'],
    transports: ['plugin'],
  });
});

test('another server is judged where it is, and once', () => {
  expect(readOptions(['--url', 'http://127.0.0.1:1/mcp']).transports).toEqual(['http']);
});

test.each([
  [['--set', '2024-11-05'], '--set is one of 2025-11-25, 2026-07-28 and 0.1.16, not 2024-11-05'],
  [['--transport', 'sse'], '--transport is one of http, stdio and plugin, not sse'],
  [['--url', 'localhost'], '--url is the address of a server'],
  [['--url', 'http://127.0.0.1:1/mcp', '--raise'], 'leave out --raise'],
  [['--url', 'http://127.0.0.1:1/mcp', '--transport', 'stdio'], 'leave out --raise and --transport'],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});
