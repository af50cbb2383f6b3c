import { createApp, Inject, McpModule, token, Tool } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

test('a value that happens to have a then() is injected as it is', async () => {
  const given = token<unknown>('GIVEN');
  const value = { then: (resolve: (value: string) => void) => resolve('something else') };
  class Uses {
    @Tool() use(@Inject(given) kept: unknown) {
      return kept === value;
    }
  }
  @McpModule({ name: 't', version: '1', providers: [{ provide: given, useValue: value }], handlers: [Uses] })
  class Root {}
  const app = createApp(Root);
  expect((await app.callTool('use')).content).toEqual([{ type: 'text', text: 'true' }]);
  await app.close();
});

test('a factory of one message that answers with a promise is told, and never injected as one', async () => {
  const made = token<string>('MADE');
  class Uses {
    @Tool() use(@Inject(made) value: unknown) {
      return `got ${String(value)}`;
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    providers: [{ provide: made, useFactory: () => Promise.resolve('made'), lifetime: 'request' }],
    handlers: [Uses],
  })
  class Root {}
  const app = createApp(Root, { logger: new RecordingLogger() });
  expect(JSON.stringify(await app.callTool('use'))).not.toMatch('[object Promise]');
  await app.close();
});
