import {
  createApp,
  directoryResource,
  fileResource,
  McpModule,
  RPC,
  textResource,
  urlResource,
  type App,
  type ModuleOptions,
} from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'ready-made-'));
const docs = join(folder, 'docs');
mkdirSync(join(docs, 'deep'), { recursive: true });
mkdirSync(join(folder, 'docs-secret'));
writeFileSync(join(docs, 'a b.md'), '# A');
writeFileSync(join(docs, 'deep/data.bin'), Uint8Array.from([0, 255]));
writeFileSync(join(docs, '.env'), 'SECRET=1');
writeFileSync(join(folder, 'docs-secret/key'), 'secret');
symlinkSync(join(folder, 'docs-secret/key'), join(docs, 'link'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function serve(components: ModuleOptions['components']): App {
  @McpModule({ name: 'x', version: '1', ...(components && { components }) })
  class Root {}
  return createApp(Root, { logger: new RecordingLogger() });
}

const read = async (app: App, uri: string) => (await app.readResource(uri)).contents[0];

test('a text, and bytes, that never change', async () => {
  const app = serve([
    textResource({ name: 'motd', uri: 'data://motd', text: 'Hello' }),
    textResource({ name: 'dot', uri: 'data://dot', text: Uint8Array.from([1]), mimeType: 'image/png' }),
  ]);
  expect(await read(app, 'data://motd')).toEqual({
    uri: 'data://motd',
    mimeType: 'text/plain',
    text: 'Hello',
  });
  expect(await read(app, 'data://dot')).toEqual({ uri: 'data://dot', mimeType: 'image/png', blob: 'AQ==' });
  await app.close();
});

test('a file is read anew each time, with the type its name says', async () => {
  const path = join(folder, 'note.md');
  writeFileSync(path, 'one');
  const app = serve([fileResource({ name: 'note', uri: 'file:///note.md', path })]);
  expect(await read(app, 'file:///note.md')).toMatchObject({ mimeType: 'text/markdown', text: 'one' });
  writeFileSync(path, 'two');
  expect(await read(app, 'file:///note.md')).toMatchObject({ text: 'two' });
  await app.close();
});

test('a path that depends on where the program starts is refused, with its cure', () => {
  expect(() => fileResource({ name: 'note', uri: 'file:///n', path: 'note.md' })).toThrow(
    expect.objectContaining({
      code: 'ERR_RESOURCE_PATH',
      fix: expect.stringContaining('import.meta.url') as string,
    }),
  );
});

describe('a folder', () => {
  const app = serve([...directoryResource({ name: 'docs', uri: 'docs://all', path: docs })]);
  afterAll(() => app.close());

  test('lists its files, and gives each under its path', async () => {
    const list = JSON.parse(((await read(app, 'docs://all')) as { text: string }).text) as {
      uri: string;
      path: string;
    }[];
    expect(list).toEqual([
      { uri: 'docs://all/a%20b.md', path: 'a b.md', size: 3, mimeType: 'text/markdown' },
      { uri: 'docs://all/deep/data.bin', path: 'deep/data.bin', size: 2 },
    ]);
    expect(await read(app, list[0]?.uri ?? '')).toMatchObject({ text: '# A', mimeType: 'text/markdown' });
    expect(await read(app, list[1]?.uri ?? '')).toMatchObject({ blob: 'AP8=' });
  });

  test.each([
    'docs://all/../docs-secret/key',
    'docs://all/%2e%2e%2fdocs-secret%2fkey',
    'docs://all/..%5cdocs-secret%5ckey',
    'docs://all//etc/passwd',
    'docs://all/link',
    'docs://all/.env',
    'docs://all/deep',
    'docs://all/nothing',
    'docs://all/a%00b',
  ])('gives nothing under %s', async (uri) => {
    await expect(app.readResource(uri)).rejects.toThrow(/not found|There is no file/);
    await expect(app.readResource(uri)).rejects.toMatchObject({ code: RPC.invalidParams });
  });
});

describe('what stands at a URL', () => {
  let server: Server;
  let url: string;
  const seen: unknown[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request.headers.authorization);
      if (request.url === '/missing') response.writeHead(404).end();
      else if (request.url === '/large') response.end('x'.repeat(2000));
      else response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end('{"a":1}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('is fetched with the headers given, and keeps its type', async () => {
    const headers = { authorization: 'Bearer t' };
    const app = serve([
      urlResource({ name: 'a', uri: 'api://a', url, headers, mimeType: 'application/json' }),
    ]);
    expect(await read(app, 'api://a')).toEqual({
      uri: 'api://a',
      mimeType: 'application/json',
      text: '{"a":1}',
    });
    expect(seen).toEqual(['Bearer t']);
    await app.close();
  });

  test('is told of by its status, and refused where it is too large', async () => {
    const app = serve([
      urlResource({ name: 'gone', uri: 'api://gone', url: `${url}/missing` }),
      urlResource({ name: 'large', uri: 'api://large', url: `${url}/large`, maxBytes: 1000 }),
    ]);
    await expect(app.readResource('api://gone')).rejects.toThrow('gone cannot be read: HTTP 404');
    await expect(app.readResource('api://large')).rejects.toThrow('larger than 1000 bytes');
    await app.close();
  });
});
