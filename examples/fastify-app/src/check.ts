import { checkWebShop } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

const log = await checkWebShop({
  web: new URL('./main.js', import.meta.url),
  alone: new URL('./stdio.js', import.meta.url),
  more: async (get) => {
    assert.deepEqual(await get('/'), { message: 'Hello World' });
  },
});
const lifespans = log.flatMap((line) => /MCP server (starting|stopping)/.exec(line)?.[1] ?? []);
assert.deepEqual(lifespans, ['starting', 'stopping']);
