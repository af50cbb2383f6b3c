import {
  Complete,
  createApp,
  FrameworkError,
  Hidden,
  Icon,
  McpModule,
  Prompt,
  Resource,
  Tool,
  type Constructor,
} from '@tenon/core';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTestServer, RecordingLogger } from '@tenon/testing';

let opened = 0;

class Tools {
  /** Says hello. */
  @Tool({ tags: ['b', 'a'] }) hello(name: string, loud = false) {
    return loud ? name.toUpperCase() : name;
  }
  @Hidden() @Tool() secret() {
    return 'hidden';
  }
  @Resource('data://config') config() {
    return {};
  }
  @Resource('user://{id}') user(id: string) {
    return id;
  }
  @Prompt() plan(city: string) {
    return city;
  }
  @Complete('plan', 'city') cities() {
    return [];
  }
}

@McpModule({
  name: 'kept',
  version: '1.2.3',
  instructions: 'Ask first.',
  icons: [Icon({ src: `data:image/png;base64,iVBORw0KGgo${'A'.repeat(397)}` })],
  handlers: [Tools],
  providers: [{ provide: 'opened', useFactory: () => ++opened }],
})
class Root {}

let folder: string;
let contract: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contract-'));
  contract = join(folder, 'mcp.contract.json');
  opened = 0;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function started(
  module: Constructor,
  file: string | URL = contract,
): Promise<FrameworkError | undefined> {
  const app = createApp(module, { contract: file, logger: new RecordingLogger() });
  try {
    await app.start();
    return undefined;
  } catch (error) {
    if (FrameworkError.is(error)) return error;
    throw error;
  } finally {
    await app.close();
  }
}

test('what is written holds what clients see before they call anything', async () => {
  const path = await createApp(Root, { contract }).writeContract();
  expect(path).toBe(contract);
  const written = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  expect(Object.keys(written)).toEqual(['server', 'tools', 'resources', 'resourceTemplates', 'prompts']);
  expect(written.server).toMatchObject({
    name: 'kept',
    instructions: 'Ask first.',
    capabilities: { tools: { listChanged: true }, completions: {} },
  });
  expect(written).toMatchObject({
    tools: [
      {
        name: 'hello',
        description: 'Says hello.',
        inputSchema: {
          properties: { name: { type: 'string' }, loud: { type: 'boolean', default: false } },
          required: ['name'],
        },
      },
    ],
    resources: [{ uri: 'data://config', name: 'config' }],
    resourceTemplates: [{ uriTemplate: 'user://{id}', name: 'user' }],
    prompts: [{ name: 'plan', arguments: [{ name: 'city', required: true }] }],
  });
  expect(JSON.stringify(written)).not.toContain('1.2.3');
  expect(JSON.stringify(written)).toMatch(/data:image\/png;base64,sha256-[0-9a-f]{32}"/);
});

test('what is written is the same each time, and a server that keeps to it starts', async () => {
  await createApp(Root, { contract }).writeContract();
  const first = readFileSync(contract, 'utf8');
  await createApp(Root, { contract }).writeContract();
  expect(readFileSync(contract, 'utf8')).toBe(first);
  expect(await started(Root)).toBeUndefined();
  expect(await started(Root, pathToFileURL(contract))).toBeUndefined();
});

test('how a formatter lays out the file, and in which order code stands, makes no difference', async () => {
  await createApp(Root, { contract }).writeContract();
  writeFileSync(contract, JSON.stringify(JSON.parse(readFileSync(contract, 'utf8'))));
  class Reordered {
    @Prompt() plan(city: string) {
      return city;
    }
    @Complete('plan', 'city') cities() {
      return [];
    }
    @Resource('user://{id}') user(id: string) {
      return id;
    }
    @Resource('data://config') config() {
      return {};
    }
    /** Says hello. */
    @Tool({ tags: ['b', 'a'] }) hello(name: string, loud = false) {
      return loud ? name.toUpperCase() : name;
    }
  }
  const { icons } = { icons: [Icon({ src: `data:image/png;base64,iVBORw0KGgo${'A'.repeat(397)}` })] };
  @McpModule({ name: 'kept', version: '2.0.0', instructions: 'Ask first.', icons, handlers: [Reordered] })
  class Other {}
  expect(await started(Other)).toBeUndefined();
});

test('a server that clients would see otherwise does not start, and opens nothing', async () => {
  await createApp(Root, { contract }).writeContract();
  class Changed {
    /** Says hello, loudly. */
    @Tool({ tags: ['b', 'a'] }) hello(name: string) {
      return name;
    }
    @Resource('data://config') config() {
      return {};
    }
    @Resource('user://{id}') user(id: string) {
      return id;
    }
    @Tool() fresh() {
      return 'new';
    }
  }
  @McpModule({
    name: 'kept',
    version: '1.2.3',
    handlers: [Changed],
    providers: [{ provide: 'opened', useFactory: () => ++opened }],
  })
  class Other {}
  const error = await started(Other);
  expect(error?.code).toBe('ERR_CONTRACT_DIFFERS');
  expect(error?.fix).toMatch('--write-contract');
  expect(opened).toBe(0);
  const lines = error?.message.split('\n') ?? [];
  expect(lines[0]).toMatch(contract);
  expect(lines).toEqual(
    expect.arrayContaining([
      '  ~ server',
      '      - instructions: "Ask first."',
      '      - capabilities.completions: {}',
      '  ~ tool hello',
      '      ~ description: "Says hello." → "Says hello, loudly."',
      '      - inputSchema.properties.loud: {"type":"boolean","default":false}',
      '  + tool fresh',
      '  - prompt plan',
    ]),
  );
});

test('what was added before the start counts, what was hidden does not', async () => {
  await createApp(Root, { contract }).writeContract();
  const app = createApp(Root, { contract });
  app.disable({ names: ['hello'] });
  app.enable({ names: ['secret'] });
  const error: unknown = await app.start().catch((thrown: unknown) => thrown);
  expect((error as Error).message).toMatch('- tool hello');
  expect((error as Error).message).toMatch('+ tool secret');
});

test('a file that is not there, or is no JSON, is told with how to write it', async () => {
  const absent = await started(Root);
  expect(absent?.code).toBe('ERR_CONTRACT_FILE');
  expect(absent?.message).toMatch(`${contract} is not there`);
  expect(absent?.fix).toMatch('--write-contract');
  writeFileSync(contract, '<<<<<<< HEAD');
  const broken = await started(Root);
  expect(broken?.code).toBe('ERR_CONTRACT_FILE');
  expect(broken?.message).toMatch('cannot be read');
});

test('an app without a contract has none to write', async () => {
  await expect(createApp(Root).writeContract()).rejects.toMatchObject({
    code: 'ERR_CONTRACT_UNNAMED',
    fix: /createApp\(Root, \{ contract: 'mcp\.contract\.json' \}\)/,
  });
});

test('a misspelt option of createApp, or a path that is none, is told', () => {
  const create = (options: object) => () => createApp(Root, options as never);
  expect(create({ contrakt: 'x' })).toThrow(
    expect.objectContaining({ code: 'ERR_OPTION_UNKNOWN', fix: 'Did you mean "contract"?' }),
  );
  expect(create({ contract: true })).toThrow(expect.objectContaining({ code: 'ERR_OPTION_VALUE' }));
});

test('a test may hold a server to its contract', async () => {
  await createApp(Root, { contract }).writeContract();
  await using server = await createTestServer(Root, { contract });
  expect(await server.app.listTools()).toHaveLength(1);
});
