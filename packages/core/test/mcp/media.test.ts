import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ContentBlockSchema } from '@modelcontextprotocol/sdk/types.js';
import { audio, file, image, toDataUri } from '@tenon/core';

const bytes = new Uint8Array([0xff, 0, 1]);
const base64 = '/wAB';
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-'));
  for (const name of ['a.png', 'b.JPG', 'c.svg', 'd.mp3', 'e', 'f.txt', 'g.pdf'])
    await writeFile(at(name), bytes);
  await writeFile(at('notes.md'), '\ufeff# Ünïcode');
});
afterAll(() => rm(folder, { recursive: true }));

test.each<[string, () => unknown, string]>([
  ['a picture says nothing of itself', () => image({ data: bytes }), 'image/png'],
  ['a picture has a format', () => image({ data: bytes, format: 'jpg' }), 'image/jpeg'],
  ['a picture has a format nobody knows', () => image({ data: bytes, format: 'JXL' }), 'image/jxl'],
  [
    'a picture has a media type',
    () => image({ data: bytes, format: 'jpg', mimeType: 'image/x-a' }),
    'image/x-a',
  ],
  ['a picture has an ending', () => image({ path: at('a.png') }), 'image/png'],
  ['a picture has an ending in capitals', () => image({ path: at('b.JPG') }), 'image/jpeg'],
  ['a drawing has an ending', () => image({ path: at('c.svg') }), 'image/svg+xml'],
  ['a picture has no ending', () => image({ path: at('e') }), 'image/png'],
  [
    'a picture in a file has a media type',
    () => image({ path: at('f.txt'), mimeType: 'image/gif' }),
    'image/gif',
  ],
])('the media type is said where %s', async (_, make, mimeType) => {
  expect(await make()).toEqual({ type: 'image', data: base64, mimeType });
});

test('sounds are named by their format, and are WAV by themselves', async () => {
  expect(audio({ data: bytes })).toEqual({ type: 'audio', data: base64, mimeType: 'audio/wav' });
  expect(audio({ data: bytes, format: 'm4a' }).mimeType).toBe('audio/mp4');
  expect((await audio({ path: at('d.mp3') })).mimeType).toBe('audio/mpeg');
  expect(['ogg', 'flac', 'wav'].map((format) => audio({ data: bytes, format }).mimeType)).toEqual([
    'audio/ogg',
    'audio/flac',
    'audio/wav',
  ]);
});

test('a window on a larger buffer gives its own bytes only', () => {
  expect(image({ data: new Uint8Array([9, 9, ...bytes, 9]).subarray(2, 5) }).data).toBe(base64);
});

test('a file is embedded with its bytes, or with its text if it is text', async () => {
  expect(await file({ path: at('g.pdf') })).toEqual({
    type: 'resource',
    resource: { uri: pathToFileURL(at('g.pdf')).href, mimeType: 'application/pdf', blob: base64 },
  });
  expect(await file({ path: at('notes.md'), uri: 'notes://1' })).toEqual({
    type: 'resource',
    resource: { uri: 'notes://1', mimeType: 'text/markdown', text: '# Ünïcode' },
  });
});

test.each([
  [{ name: 'a b.csv' }, 'file:///a%20b.csv', 'text/csv'],
  [{ format: 'json' }, 'file:///file.json', 'application/json'],
  [{ mimeType: 'application/ld+json' }, 'file:///file', 'application/ld+json'],
  [{ mimeType: 'Text/Plain; charset="UTF-8"', uri: 'x://y' }, 'x://y', 'Text/Plain; charset="UTF-8"'],
  [{ name: 'a.csv', format: 'txt' }, 'file:///a.csv', 'text/plain'],
])('text in memory with %j is text', (options, uri, mimeType) => {
  expect(file({ data: Buffer.from('é'), ...options }).resource).toEqual({ uri, mimeType, text: 'é' });
});

test.each([
  [{ format: 'txt' }, bytes, 'text/plain'],
  [{ mimeType: 'text/plain; charset=latin1' }, Buffer.from('a'), 'text/plain; charset=latin1'],
  [{}, Buffer.from('a'), 'application/octet-stream'],
  [{ format: 'zzz' }, Buffer.from('a'), 'application/octet-stream'],
])('what is no text is embedded with its bytes: %j', (options, data, mimeType) => {
  const { resource } = file({ data, ...options });
  expect(resource).toMatchObject({ mimeType, blob: Buffer.from(data).toString('base64') });
});

test('a data URI is made of bytes at once, of a file as a promise', async () => {
  expect(toDataUri({ data: bytes, format: 'png' })).toBe(`data:image/png;base64,${base64}`);
  expect(toDataUri({ data: bytes, mimeType: 'image/webp' })).toBe(`data:image/webp;base64,${base64}`);
  expect(await toDataUri({ path: at('c.svg') })).toBe(`data:image/svg+xml;base64,${base64}`);
});

test('every block is one that clients read', async () => {
  for (const block of [
    image({ data: bytes }),
    audio({ data: bytes }),
    file({ data: bytes }),
    await file({ path: at('notes.md') }),
  ])
    expect(ContentBlockSchema.parse(block)).toEqual(block);
});

test.each([
  ['image', image],
  ['audio', audio],
  ['file', file],
  ['toDataUri', toDataUri],
])('%s() takes exactly one of path and data', (name, make: (source: never) => unknown) => {
  for (const source of [{}, { path: 'a', data: bytes }])
    expect(() => make(source as never)).toThrow(
      new TypeError(`${name}() takes exactly one of path and data`),
    );
  expect(() => make({ data: base64 } as never)).toThrow(
    new TypeError(`${name}() takes data as a Uint8Array`),
  );
});

test('what is no picture is refused as one, with what to do', () => {
  expect(() => image({ path: at('f.txt') })).toThrow(
    'image() was given text/plain: use file(), or a mimeType',
  );
  expect(() => audio({ data: bytes, format: 'png' })).toThrow('audio() was given image/png');
  expect(() => file({ data: bytes, mimeType: 'pdf' })).toThrow("'pdf', which is no media type");
  expect(() => toDataUri({ data: bytes, mimeType: 'a/b,c' })).toThrow('no media type');
});

test('a file that cannot be read is named', async () => {
  await expect(image({ path: at('none.png') })).rejects.toThrow(`${at('none.png')} cannot be read: ENOENT`);
  await expect(file({ path: folder })).rejects.toThrow(`${folder} cannot be read: it is no file`);
});

test('a file is read up to its bound', async () => {
  expect(await image({ path: at('a.png'), maxBytes: 3 })).toMatchObject({ data: base64 });
  await expect(image({ path: at('a.png'), maxBytes: 2 })).rejects.toThrow(
    `${at('a.png')} is larger than 2 bytes: allow more with maxBytes`,
  );
});

const onLinux = process.platform === 'linux' ? test : test.failing;
onLinux('a file that does not tell its size is bounded all the same', async () => {
  await expect(file({ path: '/proc/self/maps', maxBytes: 10 })).rejects.toThrow('larger than 10 bytes');
});
