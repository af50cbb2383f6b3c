import { createApp, McpModule, Tool, type MiddlewareHooks } from '@tenon/core';

class Tools {
  @Tool({ timeoutMs: 1000 }) ping() {
    return 'pong';
  }
}

/** Reads what each hook is given by its type; what does not fit does not compile. */
function typed(seen: unknown[]): MiddlewareHooks {
  return {
    onInitialize: async (call, next) => {
      seen.push(call.params.clientInfo.name);
      return { ...(await next()), instructions: 'typed' };
    },
    onDiscover: async (_call, next) => {
      const { supportedVersions } = await next();
      return { supportedVersions, capabilities: {} };
    },
    onListTools: async (call, next) => {
      const { tools, nextCursor } = await next();
      seen.push(call.params.cursor?.length, call.componentOf({ name: 'ping' })?.timeoutMs);
      return {
        tools: tools.map(({ name, inputSchema }) => ({ name, inputSchema })),
        ...(nextCursor && { nextCursor }),
      };
    },
    onCallTool: async (call, next) => {
      seen.push(call.params.arguments?.any, call.component?.timeoutMs);
      const { content } = await next(call.with({ name: call.params.name }));
      return { content };
    },
    onReadResource: async (call, next) => {
      seen.push(call.params.uri, call.component?.definition.mimeType);
      return { contents: (await next()).contents };
    },
    onGetPrompt: async (call, next) => {
      seen.push(call.params.arguments?.city?.length, call.component?.completers.size);
      return { messages: (await next()).messages };
    },
    onComplete: async (call, next) => {
      seen.push(call.params.argument.value, call.params.ref.type);
      return { completion: { values: (await next()).completion.values.slice(0, 3) } };
    },
    onSubscribe: (call, next) => {
      seen.push(call.params.uri, call.component?.id);
      return next();
    },
    onSetLevel: (call, next) => {
      seen.push(call.params.level === 'debug');
      return next();
    },
    onListen: (call, next) => {
      seen.push(call.params.notifications.toolsListChanged);
      return next();
    },
  };
}

test('each hook is given the parameters, the component and the result of its own method', async () => {
  const seen: unknown[] = [];
  @McpModule({ name: 't', version: '1', handlers: [Tools], middleware: [typed(seen)] })
  class Root {}
  const app = createApp(Root);
  expect((await app.listTools()).map(({ name }) => name)).toEqual(['ping']);
  expect((await app.callTool('ping', {})).content).toEqual([{ type: 'text', text: 'pong' }]);
  expect(seen).toEqual([undefined, 1000, undefined, 1000]);
  await app.close();
});

test('what is no parameter, no result or no hook does not compile', () => {
  const wrong: MiddlewareHooks[] = [
    // @ts-expect-error -- a list is no result
    { onListTools: async (_call, next) => (await next()).tools },
    // @ts-expect-error -- a text is no result
    { onCallTool: () => 'pong' },
    // @ts-expect-error -- no such parameter of tools/call
    { onCallTool: (call, next) => next(call.with({ tool: 'ping' })) },
    // @ts-expect-error -- a prompt has no time limit
    { onGetPrompt: (call, next) => (call.component?.timeoutMs ? next() : next()) },
    // @ts-expect-error -- it answers at once
    { visible: async () => Promise.resolve(true) },
    // @ts-expect-error -- no such hook
    { onCallTools: () => ({}) },
  ];
  expect(wrong).toHaveLength(6);
});
