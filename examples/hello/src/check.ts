import { eachWay, textOf } from '@tenon-examples/checking';
import assert from 'node:assert/strict';

await eachWay(new URL('./main.js', import.meta.url), async (client) => {
  const tools = await client.listTools();
  assert.deepEqual(
    tools.map((tool) => [tool.name, tool.description]),
    [
      ['hello', 'Says hello.'],
      ['add', 'Adds two whole numbers.'],
    ],
  );
  assert.deepEqual(tools[0]?.inputSchema.properties, {
    name: { type: 'string', description: 'Who to greet.' },
  });
  assert.deepEqual((await client.callTool('hello', { name: 'Ada' })).content, [
    { type: 'text', text: 'Hello, Ada!' },
  ]);
  assert.deepEqual((await client.callTool('add', { a: 2, b: 3 })).content, [{ type: 'text', text: '5' }]);
  const wrong = await client.callTool('add', { a: 2.5 });
  assert.equal(wrong.isError, true);
  assert.match(textOf(wrong), /a .*b |b .*a /);
});
