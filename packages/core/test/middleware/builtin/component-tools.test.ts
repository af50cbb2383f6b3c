import {
  createApp,
  McpModule,
  Message,
  Middleware,
  Principal,
  Prompt,
  PromptResult,
  ProtocolError,
  Resource,
  ResourceError,
  ResourceResult,
  RPC,
  Tool,
  image,
  type Call,
  type CallToolResult,
  type GetPromptParams,
  type MiddlewareHooks,
  type MiddlewareListing,
  type Next,
} from '@tenon/core';
import { PromptTools, ResourceTools } from '@tenon/core/middleware';
import { RecordingLogger } from '@tenon/testing';

const DOT = Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61]);

class Library {
  @Tool() own() {
    return 'own';
  }
  /** Sums up a text. */
  @Prompt() sum(words: string) {
    return `Sum up: ${words}`;
  }
  @Prompt() talk() {
    return [Message.user('Hello'), Message.assistant('How may I help?')];
  }
  @Prompt() picture() {
    return new PromptResult({ messages: [Message.user(image({ data: DOT, mimeType: 'image/gif' }))] });
  }
  @Resource('lib://motto') motto() {
    return 'No nails.';
  }
  @Resource('lib://dot', { mimeType: 'image/gif' }) dot() {
    return DOT;
  }
  @Resource('lib://bytes') bytes() {
    return Uint8Array.from([1, 2]);
  }
  @Resource('lib://book/{id}') book(id: string) {
    if (id === '7') throw new ResourceError('Lent out.');
    return new ResourceResult([
      { uri: `lib://book/${id}/1`, text: 'one' },
      { uri: `lib://book/${id}/2`, text: 'two' },
    ]);
  }
  @Resource('lib://secret', { tags: ['secret'] }) secret() {
    return 'hunter2';
  }
  @Resource('lib://broken') broken(): never {
    throw new Error('password=hunter2');
  }
}

const ada = new Principal({ issuer: 'test', subject: 'ada' });

@Middleware()
class OnlyAda implements MiddlewareHooks {
  visible(component: { readonly tags: ReadonlySet<string> }, call: Call) {
    return call.context.principal?.subject === 'ada' || !component.tags.has('secret');
  }
  onGetPrompt(call: Call<GetPromptParams>, next: Next) {
    if (call.params.name === 'talk' && !call.context.principal)
      throw new ProtocolError(RPC.invalidParams, 'Prompts are for members');
    return next() as never;
  }
}

function create(...middleware: MiddlewareListing[]) {
  @McpModule({ name: 'library', version: '1', handlers: [Library], middleware })
  class Root {}
  return createApp(Root, { logger: new RecordingLogger() });
}

const text = (result: CallToolResult) => (result.content[0] as { text: string }).text;

test('list_prompts and get_prompt stand first and do what clients do with prompts', async () => {
  const app = create(PromptTools);
  expect((await app.listTools()).map(({ name }) => name)).toEqual(['list_prompts', 'get_prompt', 'own']);
  const { structuredContent } = await app.callTool('list_prompts');
  expect(structuredContent).toEqual({ prompts: await app.listPrompts() });
  expect(structuredContent?.prompts).toHaveLength(3);
  const got = await app.callTool('get_prompt', { name: 'sum', arguments: { words: 'a, b' } });
  expect(got.content).toEqual([{ type: 'text', text: 'Sum up: a, b' }]);
  expect(got.structuredContent).toEqual({
    description: 'Sums up a text.',
    messages: [{ role: 'user', content: { type: 'text', text: 'Sum up: a, b' } }],
  });
});

test('of several messages each says who speaks; what is no text is given as it is', async () => {
  const app = create(PromptTools);
  const { content } = await app.callTool('get_prompt', { name: 'talk' });
  expect(content).toEqual([
    { type: 'text', text: 'user: Hello' },
    { type: 'text', text: 'assistant: How may I help?' },
  ]);
  const picture = await app.callTool('get_prompt', { name: 'picture' });
  expect(picture).toMatchObject({ content: [{ type: 'image', mimeType: 'image/gif' }] });
  expect(picture).not.toHaveProperty('structuredContent');
});

test('list_resources and read_resource do what clients do with resources and templates', async () => {
  const app = create(ResourceTools);
  const { structuredContent } = await app.callTool('list_resources');
  expect(structuredContent).toMatchObject({
    resources: [{ uri: 'lib://motto' }, { uri: 'lib://dot' }, {}, {}, {}],
    resourceTemplates: [{ uriTemplate: 'lib://book/{id}' }],
  });
  const read = (uri: string) => app.callTool('read_resource', { uri });
  expect(await read('lib://motto')).toMatchObject({
    content: [{ type: 'text', text: 'No nails.' }],
    structuredContent: { contents: [{ uri: 'lib://motto', text: 'No nails.' }] },
  });
  expect((await read('lib://book/3')).content).toHaveLength(2);
  expect((await read('lib://dot')).content).toMatchObject([{ type: 'image', mimeType: 'image/gif' }]);
  expect((await read('lib://bytes')).content).toMatchObject([
    { type: 'resource', resource: { blob: 'AQI=' } },
  ]);
});

test('what the server refuses is for the model to read, and what nobody may read stays inside', async () => {
  const app = create(PromptTools, ResourceTools);
  const failed = async (name: string, args: object) => {
    const result = await app.callTool(name, { ...args });
    expect(result.isError).toBe(true);
    return text(result);
  };
  expect(await failed('read_resource', { uri: 'lib://none' })).toBe("Resource not found: 'lib://none'");
  expect(await failed('read_resource', { uri: 'lib://book/7' })).toBe('Lent out.');
  expect(await failed('get_prompt', { name: 'none' })).toBe("Unknown prompt: 'none'");
  expect(await failed('get_prompt', { name: 'sum' })).toContain('words');
  expect(await failed('get_prompt', {})).toContain("Invalid arguments for tool 'get_prompt'");
  expect(await failed('read_resource', { uri: 'lib://broken' })).toMatch(/^Internal error \(ref /);
});

test('a caller gets through them what he could get himself, and no more', async () => {
  const app = create(OnlyAda, PromptTools, ResourceTools);
  const secret = (principal?: Principal) =>
    app.callTool('read_resource', { uri: 'lib://secret' }, principal ? { principal } : {});
  expect(text(await secret())).toBe("Resource not found: 'lib://secret'");
  expect(text(await secret(ada))).toBe('hunter2');
  const listed = async (principal?: Principal) =>
    text(await app.callTool('list_resources', {}, principal ? { principal } : {})).includes('lib://secret');
  expect([await listed(), await listed(ada)]).toEqual([false, true]);
  expect(text(await app.callTool('get_prompt', { name: 'talk' }))).toBe('Prompts are for members');
  expect((await app.callTool('get_prompt', { name: 'talk' }, { principal: ada })).isError).toBeUndefined();
});
