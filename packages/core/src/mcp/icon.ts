import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { FrameworkError } from '../errors/framework-error.js';
import { base64 } from './bytes.js';
import { iconUrl, refuseIcon, type IconOwner } from './icon-url.js';
import { imageType } from './image-type.js';
import type { IconDefinition } from './types.js';

/** How large an icon is, in a word: 16, 32 or 64 pixels a side. */
export type IconSize = 'small' | 'medium' | 'large';

/** An icon as an author says it: in the protocol's own words, by its URL, or out of a file. */
export type IconSource =
  | {
      readonly src: string;
      readonly sizes?: readonly string[];
      readonly mimeType?: string;
      readonly theme?: 'light' | 'dark';
    }
  | {
      readonly url: string;
      readonly size?: IconSize;
      readonly mimeType?: string;
      readonly theme?: 'light' | 'dark';
    }
  | { readonly file: string | URL; readonly size?: IconSize; readonly theme?: 'light' | 'dark' };

/** What an icon may hold, before anything of it has been checked. */
type Unchecked = {
  readonly [K in 'src' | 'url' | 'file' | 'size' | 'sizes' | 'mimeType' | 'theme']?: unknown;
};

const NAMED_SIZES: ReadonlyMap<unknown, string> = new Map([
  ['small', '16x16'],
  ['medium', '32x32'],
  ['large', '64x64'],
]);
const SIZE = /^(?:[1-9]\d*x[1-9]\d*|any)$/;
const IMAGE_TYPE = /^image\/[\w.+-]+$/i;
/** An icon goes out with every list that shows it. */
const MAX_BYTES = 1024 * 1024;

/**
 * An icon in the protocol's form: its URL whole, its size in pixels, a file as a `data:` URI.
 *
 * Reads files, and so belongs to the time an app is created.
 *
 * @throws {FrameworkError} ERR_ICON_SOURCE, ERR_ICON_SIZE, ERR_ICON_FILE
 */
export function resolveIcon(source: IconSource, of: IconOwner): IconDefinition {
  const given = asGiven(source, of);
  const { theme } = given;
  if (theme !== undefined && theme !== 'light' && theme !== 'dark')
    return refuseIcon(of, given, 'whose theme is unknown', 'Say theme: "light" or "dark", or leave it out.');
  const sizes = sizesOf(given, of);
  const drawn = given.file === undefined ? fromUrl(given, of) : fromFile(given.file, of);
  return { ...drawn, ...(sizes && { sizes }), ...(theme && { theme }) };
}

function asGiven(source: unknown, of: IconOwner): Unchecked {
  // A decorator of an icon is a function with the icon's members.
  const given: Unchecked = typeof source === 'object' || typeof source === 'function' ? { ...source } : {};
  const ways = [given.src, given.url, given.file].filter((way) => way !== undefined);
  if (ways.length === 1) return given;
  return refuseIcon(
    of,
    source,
    ways.length > 1 ? 'which is said in several ways at once' : 'which is said by no src, url or file',
    'Write one of { src: "https://…" }, { url: "https://…" } and { file: "icon.png" }.',
  );
}

function sizesOf({ size, sizes }: Unchecked, of: IconOwner): string[] | undefined {
  if (size === undefined && sizes === undefined) return undefined;
  const all: unknown = sizes ?? [NAMED_SIZES.get(size)];
  if (Array.isArray(all) && all.every((each) => typeof each === 'string' && SIZE.test(each)))
    return [...(all as string[])];
  throw new FrameworkError('ERR_ICON_SIZE', {
    where: of.where,
    size: inspect(sizes ?? size),
  });
}

function fromUrl({ src, url, mimeType }: Unchecked, of: IconOwner): IconDefinition {
  const whole = iconUrl(src ?? url, of);
  if (mimeType === undefined) return { src: whole };
  if (typeof mimeType === 'string' && IMAGE_TYPE.test(mimeType)) return { src: whole, mimeType };
  return refuseIcon(
    of,
    src ?? url,
    `whose mimeType is ${inspect(mimeType)}`,
    'Say a media type of images, as in "image/png", or leave it out.',
  );
}

function fromFile(file: unknown, of: IconOwner): IconDefinition {
  const path = file instanceof URL && file.protocol === 'file:' ? fileURLToPath(file) : resolve(String(file));
  const bytes = readIcon(path, of);
  const mimeType = imageType(bytes);
  if (mimeType === undefined)
    throw new FrameworkError('ERR_ICON_FILE', {
      where: of.where,
      path,
      problem: 'which begins like no PNG, JPEG, SVG, WebP or GIF',
    });
  return { src: `data:${mimeType};base64,${base64(bytes)}`, mimeType };
}

function readIcon(path: string, { where }: IconOwner): Uint8Array {
  try {
    const found = statSync(path);
    if (found.isFile() && found.size <= MAX_BYTES) return readFileSync(path);
    const problem = found.isFile() ? `which is larger than ${MAX_BYTES} bytes` : 'which is no file';
    throw new FrameworkError('ERR_ICON_FILE', { where, path, problem });
  } catch (cause) {
    if (FrameworkError.is(cause)) throw cause;
    const problem = `which cannot be read (${(cause as Error).message})`;
    throw new FrameworkError('ERR_ICON_FILE', { where, path, problem }, { cause });
  }
}
