import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { ResourceError } from '../errors/component-error.js';
import { FrameworkError } from '../errors/framework-error.js';
import { ResourceNotFound } from '../errors/resource-not-found.js';
import { mediaType, textOfMedia } from '../mcp/media-type.js';
import { insideFolder } from '../mcp/path-guard.js';
import { MAX_FILE_BYTES, readBounded } from '../mcp/read-bounded.js';
import { ResourceResult } from '../mcp/resource-result.js';
import { resource, type InlineComponent } from './inline-component.js';
import type { ResourceOptions } from './resource-record.js';

/** What a ready-made resource says about itself. */
export interface ReadyMade extends ResourceOptions {
  readonly name: string;
  readonly uri: string;
}

/** A resource whose content is known: text or bytes. */
export function textResource(of: ReadyMade & { readonly text: string | Uint8Array }): InlineComponent {
  const { text, ...options } = of;
  return resource({ ...options, run: () => text });
}

/** A file as a resource, read anew each time; 10 MiB at most unless told otherwise. */
export function fileResource(
  of: ReadyMade & { readonly path: string; readonly maxBytes?: number },
): InlineComponent {
  const { path, maxBytes, ...options } = of;
  checkAbsolute(path, of.name);
  const mimeType = options.mimeType ?? mediaType(path);
  return resource({
    ...options,
    ...(mimeType !== undefined && { mimeType }),
    run: async () => contentOf(await readBounded(path, maxBytes), mimeType),
  });
}

/**
 * The files of a folder as resources: `uri` lists them, and `uri` followed by a file's path is the file.
 *
 * Nothing outside the folder is read, by whatever name or link it is asked for.
 */
export function directoryResource(
  of: ReadyMade & {
    readonly path: string;
    /** Which files there are, by their path with `/` inside the folder. Default: all but those whose name begins with a dot. */
    readonly include?: (path: string) => boolean;
    readonly maxBytes?: number;
  },
): readonly InlineComponent[] {
  const { path: root, include = isVisible, maxBytes, mimeType, ...options } = of;
  checkAbsolute(root, of.name);
  const base = of.uri.endsWith('/') ? of.uri : `${of.uri}/`;
  const list = resource({
    ...options,
    mimeType: 'application/json',
    run: async () =>
      (await filesIn(root, include)).map((file) => ({ ...file, uri: base + encode(file.path) })),
  });
  const each = resource({
    ...options,
    uri: `${base}{path*}`,
    ...(mimeType !== undefined && { mimeType }),
    run: async ({ path }: { path: string }) => {
      const real = include(path) ? await insideFolder(root, path) : undefined;
      if (real === undefined || !(await stat(real)).isFile())
        throw new ResourceNotFound(`There is no file '${path}'`);
      return contentOf(await readBounded(real, maxBytes), mimeType ?? mediaType(path));
    },
  });
  return [list, each];
}

/** What stands at a URL as a resource, fetched anew each time: within 30 s and 10 MiB unless told otherwise. */
export function urlResource(
  of: ReadyMade & {
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly timeoutMs?: number;
    readonly maxBytes?: number;
  },
): InlineComponent {
  const { url, headers = {}, timeoutMs = 30_000, maxBytes = MAX_FILE_BYTES, ...options } = of;
  return resource({
    ...options,
    run: async (_values, { signal }) => {
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const response = await fetch(url, { headers, signal: within });
      if (!response.ok) throw new ResourceError(`${of.name} cannot be read: HTTP ${response.status}`);
      const type = options.mimeType ?? response.headers.get('content-type')?.split(';')[0];
      return contentOf(await bodyOf(response, maxBytes), type);
    },
  });
}

function contentOf(bytes: Uint8Array, mimeType: string | undefined): ResourceResult {
  const content = (mimeType === undefined ? undefined : textOfMedia(bytes, mimeType)) ?? bytes;
  return new ResourceResult([{ content, ...(mimeType !== undefined && { mimeType }) }]);
}

function checkAbsolute(path: string, name: string): void {
  if (!isAbsolute(path)) throw new FrameworkError('ERR_RESOURCE_PATH', { name, path });
}

function isVisible(path: string): boolean {
  return !path.split('/').some((step) => step.startsWith('.'));
}

interface Listed {
  readonly path: string;
  readonly size: number;
  readonly mimeType: string | undefined;
}

async function filesIn(root: string, include: (path: string) => boolean): Promise<readonly Listed[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(include)
    .sort();
  return Promise.all(
    paths.map(async (path) => ({
      path,
      size: (await stat(join(root, path))).size,
      mimeType: mediaType(path),
    })),
  );
}

function encode(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

async function bodyOf(response: Response, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > maxBytes) throw new ResourceError(`What stands at the URL is larger than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
