import {
  Complete,
  createApp,
  McpModule,
  parameterFrom,
  Principal,
  Prompt,
  Resource,
  Tool,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

/** What another package, or the author of a server, would write. */
const Tenant = (): ParameterDecorator => parameterFrom('@Tenant', (context) => context.principal?.tenant);
const Era = (): ParameterDecorator => parameterFrom('@Era', (_, exchange) => exchange.era);

class Handlers {
  @Tool() whose(city: string, @Tenant() tenant: string | undefined, @Era() era: unknown) {
    return { city, tenant: tenant ?? 'nobody', era };
  }
  @Resource('data://{city}') read(@Tenant() tenant: string, city: string) {
    return `${city} of ${tenant}`;
  }
  @Prompt() ask(city: string, @Tenant() tenant: string) {
    return `${city} of ${tenant}`;
  }
  @Complete('ask', 'city') cities(typed: string, @Tenant() tenant: string) {
    return [`${typed} of ${tenant}`];
  }
}

@McpModule({ name: 'test', version: '1.0.0', handlers: [Handlers] })
class TestModule {}

test('a decorator of your own takes its value out of the call, in every kind of handler', async () => {
  const app = createApp(TestModule, { logger: new RecordingLogger() });
  const principal = new Principal({ issuer: 'https://issuer.example', subject: 'ada', tenant: 'acme' });
  expect((await app.callTool('whose', { city: 'Paris' }, { principal })).structuredContent).toEqual({
    city: 'Paris',
    tenant: 'acme',
    era: 'modern',
  });
  expect((await app.callTool('whose', { city: 'Paris' })).structuredContent).toMatchObject({
    tenant: 'nobody',
  });
  expect((await app.readResource('data://Paris', { principal })).contents).toMatchObject([
    { text: 'Paris of acme' },
  ]);
  expect((await app.getPrompt('ask', { city: 'Paris' }, { principal })).messages).toMatchObject([
    { content: { text: 'Paris of acme' } },
  ]);
  await app.close();
});

test('clients see nothing of it', async () => {
  const app = createApp(TestModule, { logger: new RecordingLogger() });
  const [tool] = await app.listTools();
  expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual(['city']);
  await app.close();
});

test('before a parameter of a constructor it is refused: nobody has called yet', () => {
  expect(() => {
    class Wrong {
      constructor(@Tenant() readonly tenant: string) {}
    }
    return Wrong;
  }).toThrow(
    expect.objectContaining({ code: 'ERR_DECORATOR_MISUSE', fix: expect.stringContaining('method') }),
  );
});
