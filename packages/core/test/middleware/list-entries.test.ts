import { McpModule, Prompt, Resource, Tool, type Constructor, type MiddlewareHooks } from '@tenon/core';
import { createTestServer } from '@tenon/testing';

class Everything {
  @Tool({ tags: ['public'] }) open() {
    return '';
  }
  @Tool({ tags: ['internal'], timeoutMs: 1000 }) shut() {
    return '';
  }
  @Resource('data://open', { tags: ['public'] }) data() {
    return '';
  }
  @Resource('data://{id}/shut', { tags: ['internal'] }) file(id: string) {
    return id;
  }
  @Prompt({ tags: ['public'] }) plan() {
    return '';
  }
}

function module(...middleware: MiddlewareHooks[]): Constructor {
  @McpModule({ name: 't', version: '1', handlers: [Everything], middleware })
  class Root {}
  return Root;
}

test.each(['2025-11-25', '2026-07-28'] as const)(
  'on %s list hooks see each entry as its component, with its tags, and nothing of it on the wire',
  async (version) => {
    const seen: Record<string, unknown> = {};
    const tagsOf = (component: { readonly tags: ReadonlySet<string> } | undefined) => [
      ...(component?.tags ?? []),
    ];
    const look: MiddlewareHooks = {
      onListTools: async (call, next) => {
        const result = await next();
        for (const tool of result.tools) seen[tool.name] = tagsOf(call.componentOf(tool));
        seen.timeoutMs = call.componentOf({ name: 'shut' })?.timeoutMs;
        return {
          ...result,
          tools: result.tools.filter((tool) => call.componentOf(tool)?.tags.has('public')),
        };
      },
      onListResources: async (call, next) => {
        const result = await next();
        for (const each of result.resources) seen[each.uri] = tagsOf(call.componentOf(each));
        return result;
      },
      onListResourceTemplates: async (call, next) => {
        const result = await next();
        for (const each of result.resourceTemplates) seen[each.uriTemplate] = tagsOf(call.componentOf(each));
        return result;
      },
      onListPrompts: async (call, next) => {
        const result = await next();
        for (const each of result.prompts) seen[each.name] = tagsOf(call.componentOf(each));
        return result;
      },
    };
    await using server = await createTestServer(module(look));
    const client = await server.connect(version);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(['open']);
    await using plain = await createTestServer(module());
    const [open] = (await (await plain.connect(version)).listTools()).tools;
    expect(tools[0]).toEqual(open);
    await client.listResources();
    await client.listResourceTemplates();
    await client.listPrompts();
    expect(seen).toEqual({
      open: ['public'],
      shut: ['internal'],
      timeoutMs: 1000,
      'data://open': ['public'],
      'data://{id}/shut': ['internal'],
      plan: ['public'],
    });
    // A list hook changes the list only.
    expect((await client.callTool({ name: 'shut' })).isError).toBeUndefined();
  },
);

test.each(['2025-11-25', '2026-07-28'] as const)(
  'on %s a middleware may go on with a list of its own, by a cursor of its own',
  async (version) => {
    const more: MiddlewareHooks = {
      onListTools: async (call, next) =>
        call.params.cursor === 'more'
          ? { tools: [{ name: 'elsewhere', inputSchema: { type: 'object' } }] }
          : { ...(await next()), nextCursor: 'more' },
    };
    await using server = await createTestServer(module(more));
    const client = await server.connect(version);
    // The newer client asks for all pages by itself.
    const { tools, nextCursor } = await client.listTools();
    expect(nextCursor ?? tools.at(-1)?.name).toBe(version === '2025-11-25' ? 'more' : 'elsewhere');
    expect((await client.listTools({ cursor: 'more' })).tools.map(({ name }) => name)).toEqual(['elsewhere']);
    await expect(client.listTools({ cursor: 'none' })).rejects.toMatchObject({ code: -32602 });
  },
);

test('an entry that a middleware has made up, and a call that is no list, have no component', async () => {
  const found: unknown[] = [];
  await using server = await createTestServer(
    module({
      onListTools: (call, next) => {
        found.push(call.componentOf({ name: 'made up' }), call.componentOf({}));
        return next();
      },
      onCallTool: (call, next) => {
        found.push(call.componentOf({ name: 'open' }), call.component?.name);
        return next();
      },
    }),
  );
  const client = await server.connect();
  await client.listTools();
  await client.callTool({ name: 'open' });
  expect(found).toEqual([undefined, undefined, undefined, 'open']);
});
