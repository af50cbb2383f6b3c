import { jsonSchema, McpModule, tool, type MiddlewareListing } from '@tenon/core';
import { DereferenceSchemas } from '@tenon/core/middleware';
import { createTestServer } from '@tenon/testing';

const city = { type: 'object', properties: { name: { type: 'string' } } };
const written = (defs: object) =>
  jsonSchema<object>({
    type: 'object',
    properties: { from: { $ref: '#/$defs/City' } },
    $defs: { City: defs },
  });

const trip = tool({ name: 'trip', input: written(city), output: written(city), run: () => ({ from: {} }) });
const tree = tool({
  name: 'tree',
  input: jsonSchema<object>({
    type: 'object',
    properties: { root: { $ref: '#/$defs/Node' } },
    $defs: { Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } } },
  }),
  run: () => 'done',
});
const plain = tool({ name: 'plain', input: jsonSchema<object>(city), run: () => 'done' });

async function listed(tools: readonly ReturnType<typeof tool>[], middleware: readonly MiddlewareListing[]) {
  @McpModule({ name: 't', version: '1', components: tools, middleware })
  class Root {}
  await using server = await createTestServer(Root);
  const client = await server.connect('2025-11-25');
  return {
    list: await client.listTools(),
    call: await client.callTool({ name: 'trip', arguments: { from: {} } }),
  };
}

test('references of a schema that is published as it was written are written out, in and out', async () => {
  const before = await listed([trip, plain], []);
  expect(JSON.stringify(before.list)).toContain('$ref');
  const { list, call } = await listed([trip, plain], [DereferenceSchemas]);
  const inlined = { type: 'object', properties: { from: city } };
  expect(list.tools[0]).toMatchObject({ inputSchema: inlined, outputSchema: inlined });
  expect(JSON.stringify(list)).not.toMatch(/\$ref|\$defs/);
  expect(list.tools[1]).toEqual(before.list.tools[1]);
  expect(call.structuredContent).toEqual({ from: {} });
});

test('what refers to itself stays a definition', async () => {
  const { list } = await listed([trip, tree], [DereferenceSchemas]);
  expect(list.tools[1]?.inputSchema).toMatchObject({ $defs: { Node: { type: 'object' } } });
});
