import {
  Args,
  Complete,
  createApp,
  McpModule,
  resource,
  Resource,
  ResourceError,
  ResourceResult,
  type App,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { IsInt, IsOptional, IsString, Max } from 'class-validator';
import { connect, WAYS, type Connected } from './connect.js';

class PageQuery {
  @IsString() book!: string;
  @IsInt() @Max(9) page!: number;
  @IsOptional() @IsString() lang?: string = 'en';
}

let reads = 0;

class Library {
  /** What the server is set up with. */
  @Resource('data://config', { title: 'Configuration', tags: ['public'] })
  config() {
    reads++;
    return { version: '1.0.0', features: ['auth', 'api', 'cache'] };
  }

  @Resource('info://motd', { mimeType: 'text/markdown' }) motd() {
    return '# Hello';
  }

  @Resource('bin://dot') async dot() {
    return Promise.resolve(Uint8Array.from([1, 2, 3]));
  }

  @Resource('multi://parts') parts() {
    return new ResourceResult([
      { uri: 'multi://parts/1', text: 'one' },
      { uri: 'multi://parts/2', text: 'two' },
    ]);
  }

  /** Somebody's profile. */
  @Resource('user://{userId}/profile', { mimeType: 'application/json' })
  profile(userId: string) {
    return { id: userId };
  }

  @Resource('org://{orgId}/team/{teamId}/members') members(teamId: string, orgId: string) {
    return [orgId, teamId];
  }

  @Resource('docs://{path*}') doc(path: string) {
    return `document ${path}`;
  }

  @Resource('page://{book}/{page}{?lang}') page(@Args() { book, page, lang }: PageQuery) {
    return `${book} ${page} ${lang}`;
  }

  @Resource('item://{id}{?verbose,limit}') item(id: number, verbose = false, limit = 10) {
    return { id, verbose, limit };
  }

  @Resource('files://{folder}{?name,text}', { pathSecurity: { exempt: ['text'] } })
  files(folder: string, name = '', text = '') {
    return [folder, name, text];
  }

  @Resource('fail://known') known(): never {
    throw new ResourceError('The archive is being moved.');
  }

  @Resource('fail://unknown') unknown(): never {
    throw new Error('password=hunter2');
  }

  @Complete('user://{userId}/profile', 'userId') users(typed: string) {
    return ['ada', 'alan', 'grace'].filter((name) => name.startsWith(typed));
  }
}

/** Any scheme is one. */
const SCHEMES = ['file://config.json', 'resource://motto', 'api://status', 'health://live', 'x-custom://a/b'];

@McpModule({
  name: 'library',
  version: '1.0.0',
  handlers: [Library],
  components: SCHEMES.map((uri, i) =>
    resource({ name: `resource-${i}`, uri, mimeType: 'text/plain', run: () => `read ${uri}` }),
  ),
})
class LibraryModule {}

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  let client: Connected['client'];
  const logger = new RecordingLogger();
  const read = async (uri: string) => (await client.readResource({ uri })).contents;

  beforeAll(async () => {
    app = createApp(LibraryModule, { logger });
    ({ client } = await connect(app, way));
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  test('resources are listed with what is said of them, and none is read for it', async () => {
    reads = 0;
    const { resources } = await client.listResources();
    expect(resources[0]).toEqual({
      uri: 'data://config',
      name: 'config',
      title: 'Configuration',
      description: 'What the server is set up with.',
      _meta: { 'tenon/tags': ['public'] },
    });
    expect(resources.map(({ uri }) => uri).filter((uri) => !SCHEMES.includes(uri))).toEqual([
      'data://config',
      'info://motd',
      'bin://dot',
      'multi://parts',
      'fail://known',
      'fail://unknown',
    ]);
    expect(reads).toBe(0);
  });

  test.each(SCHEMES)('%s is listed and read as it is written', async (uri) => {
    expect((await client.listResources()).resources.map((each) => each.uri)).toContain(uri);
    expect(await read(uri)).toEqual([{ uri, mimeType: 'text/plain', text: `read ${uri}` }]);
    await expect(read(`${uri}/`)).rejects.toThrow();
  });

  test('templates have a list of their own, in the order of the class', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'user://{userId}/profile',
      'org://{orgId}/team/{teamId}/members',
      'docs://{path*}',
      'page://{book}/{page}{?lang}',
      'item://{id}{?verbose,limit}',
      'files://{folder}{?name,text}',
    ]);
    expect(resourceTemplates[0]).toMatchObject({
      name: 'profile',
      description: "Somebody's profile.",
      mimeType: 'application/json',
    });
  });

  test('an object is sent as JSON, and a resource runs anew for each read', async () => {
    reads = 0;
    expect(await read('data://config')).toEqual([
      {
        uri: 'data://config',
        mimeType: 'application/json',
        text: '{"version":"1.0.0","features":["auth","api","cache"]}',
        _meta: { 'tenon/tags': ['public'] },
      },
    ]);
    await read('data://config');
    expect(reads).toBe(2);
  });

  test('text keeps its type, bytes are sent in base64, parts as they are', async () => {
    expect(await read('info://motd')).toEqual([
      { uri: 'info://motd', mimeType: 'text/markdown', text: '# Hello' },
    ]);
    expect(await read('bin://dot')).toEqual([
      { uri: 'bin://dot', mimeType: 'application/octet-stream', blob: 'AQID' },
    ]);
    expect(await read('multi://parts')).toMatchObject([{ text: 'one' }, { text: 'two' }]);
  });

  test("a template's variables reach the parameters of their names, decoded", async () => {
    expect(await read('user://John%20Doe/profile')).toMatchObject([
      { uri: 'user://John%20Doe/profile', mimeType: 'application/json', text: '{"id":"John Doe"}' },
    ]);
    expect(await read('org://acme/team/red/members')).toMatchObject([{ text: '["acme","red"]' }]);
    expect(await read('docs://a/b/c.md')).toMatchObject([{ text: 'document a/b/c.md' }]);
  });

  test('a class takes all variables, and what is out of bounds is refused by name', async () => {
    expect(await read('page://moby/7')).toMatchObject([{ text: 'moby 7 en' }]);
    expect(await read('page://moby/7?lang=fr')).toMatchObject([{ text: 'moby 7 fr' }]);
    await expect(read('page://moby/70')).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining('page must not be greater than 9') as string,
    });
  });

  test('variables become the numbers and booleans the method asks for', async () => {
    expect(await read('item://7')).toMatchObject([{ text: '{"id":7,"verbose":false,"limit":10}' }]);
    expect(await read('item://7?limit=3&verbose=yes')).toMatchObject([
      { text: '{"id":7,"verbose":true,"limit":3}' },
    ]);
    await expect(read('item://seven')).rejects.toMatchObject({ code: -32602 });
  });

  test.each([
    'data://nowhere',
    'user://a/b/profile',
    'docs://a/../../etc/passwd',
    'docs:///etc/passwd',
    'docs://%00',
    'files://a?name=../b',
    'files://a?text=b&name=%2Fetc%2Fpasswd',
    'files://..?text=b',
  ])('%s is not found, in the words of the era', async (uri) => {
    await expect(read(uri)).rejects.toMatchObject({
      code: way.version === '2025-11-25' ? -32002 : -32602,
      data: { uri },
    });
  });

  test('a value that is exempt may lead anywhere, and any value may stay where it is', async () => {
    expect(await read('files://a?text=../b&name=b/../c')).toMatchObject([{ text: '["a","b/../c","../b"]' }]);
  });

  test('a ResourceError is read as it is; any other error stays in the log', async () => {
    await expect(read('fail://known')).rejects.toThrow('The archive is being moved.');
    const masked = await read('fail://unknown').catch((error: unknown) => String(error));
    expect(masked).toMatch(/Internal error \(ref \w+\)/);
    expect(masked).not.toContain('hunter2');
    expect(logger.lines).toMatchObject([
      { level: 'error', fields: { err: { message: 'password=hunter2' } } },
    ]);
  });

  test('variables are completed', async () => {
    expect(client.getServerCapabilities()).toMatchObject({ completions: {}, resources: {} });
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'user://{userId}/profile' },
      argument: { name: 'userId', value: 'a' },
    });
    expect(completion.values).toEqual(['ada', 'alan']);
  });
});
