import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { IconSchema } from '@modelcontextprotocol/sdk/types.js';
import { FrameworkError } from '@tenon/core';
import { resolveIcon, type IconSource } from '../../src/mcp/icon.js';
import { imageType } from '../../src/mcp/image-type.js';

const PNG = 'iVBORw0KGgo=';
const of = { where: 'Tools.forecast()' };

function refusal(source: unknown, websiteUrl?: string): FrameworkError {
  try {
    resolveIcon(source as IconSource, { ...of, websiteUrl });
  } catch (error) {
    if (FrameworkError.is(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test.each<[IconSource, unknown]>([
  [{ src: 'https://example.com/a.png' }, { src: 'https://example.com/a.png' }],
  [
    { src: 'http://example.com/a', sizes: ['48x48', 'any'], mimeType: 'image/svg+xml', theme: 'dark' },
    { src: 'http://example.com/a', sizes: ['48x48', 'any'], mimeType: 'image/svg+xml', theme: 'dark' },
  ],
  [
    { url: 'https://example.com/a', size: 'small' },
    { src: 'https://example.com/a', sizes: ['16x16'] },
  ],
  [
    { url: 'https://example.com/a', size: 'medium' },
    { src: 'https://example.com/a', sizes: ['32x32'] },
  ],
  [
    { url: 'https://example.com/a', size: 'large' },
    { src: 'https://example.com/a', sizes: ['64x64'] },
  ],
  [{ url: `data:image/png;base64,${PNG}` }, { src: `data:image/png;base64,${PNG}` }],
  [
    { src: 'data:image/svg+xml;charset=utf-8;base64,PHN2Zz4' },
    { src: 'data:image/svg+xml;charset=utf-8;base64,PHN2Zz4' },
  ],
])('%j is an icon', (source, icon) => {
  expect(resolveIcon(source, of)).toEqual(icon);
  expect(IconSchema.parse(resolveIcon(source, of))).toEqual(icon);
});

test.each([
  ['icon-16.png', 'https://example.com/docs/', 'https://example.com/docs/icon-16.png'],
  ['/icon-16.png', 'https://example.com/docs/', 'https://example.com/icon-16.png'],
  ['//cdn.example.com/a.png', 'https://example.com', 'https://cdn.example.com/a.png'],
])('%s is resolved against %s', (url, websiteUrl, src) => {
  expect(resolveIcon({ url }, { ...of, websiteUrl })).toEqual({ src });
});

test('an icon may be a decorator that has its members', () => {
  const decorator = Object.assign(() => undefined, { url: 'https://example.com/a', size: 'small' });
  expect(resolveIcon(decorator as never, of)).toEqual({ src: 'https://example.com/a', sizes: ['16x16'] });
});

test.each<[unknown, string, string]>([
  [{ url: 'base64,iVBORw0KGgo=' }, 'base64 without its beginning', 'data:image/png;base64,iVBORw0K…'],
  [{ url: 'base64,/9j/4AAQSkZJRg==' }, 'base64 without its beginning', 'data:image/jpeg;base64,/9j/4AAQ…'],
  [{ url: 'image/png;base64,iVBORw0KGgo=' }, 'base64 without its beginning', 'data:image/png;base64,'],
  [{ src: 'data:image/png;base64' }, 'no comma', 'data:image/png;base64,'],
  [{ src: 'data:text/plain;base64,YQ==' }, 'none of images', 'data:image/png;base64,'],
  [{ src: 'data:;base64,YQ==' }, 'none of images', 'data:image/png;base64,'],
  [{ src: 'data:image/svg+xml,<svg/>' }, 'not in base64', 'toDataUri()'],
  [{ src: 'data:image/png;base64,' }, 'cannot be decoded', 'toDataUri()'],
  [{ src: 'data:image/png;base64,a' }, 'cannot be decoded', 'toDataUri()'],
  [{ src: 'data:image/png;base64,ab=c' }, 'cannot be decoded', 'toDataUri()'],
  [{ src: 'data:image/png;base64,ab cd' }, 'cannot be decoded', 'toDataUri()'],
  [{ url: 'icon-16.png' }, 'relative', 'websiteUrl'],
  [{ url: 'javascript:alert(1)' }, 'whose scheme javascript:', 'https:'],
  [{ url: 'file:///icon.png' }, 'whose scheme file:', '{ file: "icon.png" }'],
  [{ url: 'C:\\icon.png' }, 'whose scheme c:', '{ file: "icon.png" }'],
  [{ url: 'https://' }, 'no URL', 'https:'],
  [{ url: '' }, 'no URL', 'https:'],
  [{ url: 7 }, 'no URL', 'https:'],
  [{}, 'no src, url or file', '{ src: "https://…" }'],
  ['https://example.com/a.png', 'no src, url or file', '{ src: "https://…" }'],
  [undefined, 'no src, url or file', '{ src: "https://…" }'],
  [{ url: 1n }, 'no URL', 'https:'],
  [null, 'no src, url or file', '{ src: "https://…" }'],
  [{ src: 'https://a.b', file: 'c' }, 'several ways', 'Write one of'],
  [{ src: 'https://a.b', theme: 'blue' }, 'theme is unknown', '"light" or "dark"'],
  [{ src: 'https://a.b', mimeType: 'png' }, "mimeType is 'png'", '"image/png"'],
])('%j is no icon', (source, problem, fix) => {
  const error = refusal(source);
  expect(error.code).toBe('ERR_ICON_SOURCE');
  expect(error.message).toMatch('Tools.forecast() has the icon ');
  expect(error.message).toMatch(problem);
  expect(error.fix).toMatch(fix);
});

test('a relative URL asks for a websiteUrl that is a URL', () => {
  expect(refusal({ url: 'a.png' }, 'example.com').message).toMatch('relative to the websiteUrl example.com');
  expect(refusal({ url: 'a.png' }, 'example.com').fix).toMatch('"https://example.com/"');
  expect(refusal({ url: 'a.png' }, 'mailto:a@b.c').code).toBe('ERR_ICON_SOURCE');
});

test('what is refused is told short', () => {
  expect(refusal({ url: `base64,${'A'.repeat(100_000)}` }).message.length).toBeLessThan(400);
});

test.each([
  { url: 'https://a.b', size: 'huge' },
  { url: 'https://a.b', size: 'constructor' },
  { src: 'https://a.b', sizes: '48x48' },
  { src: 'https://a.b', sizes: ['48'] },
  { src: 'https://a.b', sizes: ['0x0'] },
  { src: 'https://a.b', sizes: [48] },
])('%j has a size nobody knows', (source) => {
  const error = refusal(source);
  expect(error.code).toBe('ERR_ICON_SIZE');
  expect(error.message).toMatch('Tools.forecast()');
  expect(error.fix).toMatch('"small", "medium" or "large"');
});

const SVG = '<?xml version="1.0"?>\n<!-- made > by --><!DOCTYPE svg [<!ENTITY a "b">]>\n<svg xmlns="…"/>';

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n...'],
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/gif', 'GIF89a'],
  ['image/gif', 'GIF87a'],
  ['image/webp', 'RIFF\n\n\0\0WEBPVP8 '],
  ['image/svg+xml', SVG],
  ['image/svg+xml', '\xef\xbb\xbf  <svg>'],
  ['image/svg+xml', '<svg:svg xmlns:svg="…">'],
  [undefined, '<html><svg></svg></html>'],
  [undefined, '<svgx>'],
  [undefined, 'RIFF\0\0\0\0WAVE'],
  [undefined, 'png'],
  [undefined, ''],
])('%s begins with its bytes: %j', (type, text) => {
  expect(imageType(Buffer.from(text, 'latin1'))).toBe(type);
});

test('a picture that never begins is given up at once', () => {
  const begin = performance.now();
  for (const text of ['<!---->', '<!--', '<?a>', ' ', '<!DOCTYPE ['])
    expect(imageType(Buffer.from(text.repeat(10_000)))).toBeUndefined();
  expect(performance.now() - begin).toBeLessThan(100);
});

describe('a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'icon-'));
    await writeFile(join(folder, 'a.png'), Buffer.from(PNG, 'base64'));
    await writeFile(join(folder, 'b.png'), SVG);
    await writeFile(join(folder, 'c.png'), 'no picture');
    await writeFile(join(folder, 'large.png'), Buffer.from(PNG, 'base64'));
    await truncate(join(folder, 'large.png'), 1024 * 1024 + 1);
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('becomes a data URI, of the type its bytes are of', () => {
    const src = `data:image/png;base64,${PNG}`;
    const path = join(folder, 'a.png');
    expect(resolveIcon({ file: path, size: 'medium', theme: 'light' }, of)).toEqual({
      src,
      mimeType: 'image/png',
      sizes: ['32x32'],
      theme: 'light',
    });
    expect(resolveIcon({ file: pathToFileURL(path) }, of).src).toBe(src);
    expect(resolveIcon({ file: join(folder, 'b.png') }, of)).toEqual({
      src: `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`,
      mimeType: 'image/svg+xml',
    });
  });

  test.each([
    ['none.png', 'ENOENT'],
    ['', 'no file'],
    ['c.png', 'no PNG, JPEG, SVG, WebP or GIF'],
    ['large.png', 'larger than 1048576 bytes'],
  ])('that is no icon is named with its path: %j', (name, problem) => {
    const error = refusal({ file: join(folder, name) });
    expect(error.code).toBe('ERR_ICON_FILE');
    expect(error.message).toMatch(join(folder, name));
    expect(error.message).toMatch(problem);
    expect(error.message).toMatch('Tools.forecast()');
  });

  test('is named by its whole path where it was not', () => {
    expect(refusal({ file: 'none.png' }).message).toMatch(join(process.cwd(), 'none.png'));
    expect(refusal({ file: new URL('https://example.com/a.png') }).code).toBe('ERR_ICON_FILE');
  });
});
