import { pathToFileURL } from 'node:url';
import { base64 } from './bytes.js';
import { embedded } from './content.js';
import { mediaType, textOfMedia } from './media-type.js';
import { readBounded } from './read-bounded.js';
import type { AudioContent, EmbeddedResource, ImageContent } from './types.js';

/** Media that is in memory. */
export interface MediaBytes {
  readonly data: Uint8Array;
  /** The format as endings of files say it: `png`, `mp3`. */
  readonly format?: string;
  /** The media type, where the format does not say it. */
  readonly mimeType?: string;
  readonly path?: never;
}

/** Media that is in a file. */
export interface MediaPath {
  readonly path: string;
  /** The media type, where the file's name does not say it. */
  readonly mimeType?: string;
  /** How large the file may be; 10 MiB unless told otherwise. */
  readonly maxBytes?: number;
  readonly data?: never;
}

/** A file for the model that is in memory. */
export interface FileBytes extends MediaBytes {
  /** What the file is called; its ending says the media type, where no format does. */
  readonly name?: string;
  /** The URI of the embedded resource; `file:///` and the name unless told otherwise. */
  readonly uri?: string;
}

/** A file for the model, by its path. */
export interface FilePath extends MediaPath {
  /** The URI of the embedded resource; that of the path unless told otherwise, so the client learns the path. */
  readonly uri?: string;
}

/** Who takes media, and of what type. */
interface Taker {
  readonly name: string;
  readonly family?: string;
  /** The media type of what does not say its own. */
  readonly otherwise: string;
}

const IMAGE: Taker = { name: 'image', family: 'image', otherwise: 'image/png' };
const AUDIO: Taker = { name: 'audio', family: 'audio', otherwise: 'audio/wav' };
const FILE: Taker = { name: 'file', otherwise: 'application/octet-stream' };
const DATA_URI: Taker = { name: 'toDataUri', otherwise: 'application/octet-stream' };

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+(?:;[^,]*)?$/;

/** A picture for the model: out of bytes at once, out of a file as a promise. */
export function image(source: MediaBytes): ImageContent;
export function image(source: MediaPath): Promise<ImageContent>;
export function image(source: MediaBytes | MediaPath): ImageContent | Promise<ImageContent> {
  return take(source, IMAGE, (bytes, mimeType) => ({ type: 'image', data: base64(bytes), mimeType }));
}

/** A sound for the model: out of bytes at once, out of a file as a promise. */
export function audio(source: MediaBytes): AudioContent;
export function audio(source: MediaPath): Promise<AudioContent>;
export function audio(source: MediaBytes | MediaPath): AudioContent | Promise<AudioContent> {
  return take(source, AUDIO, (bytes, mimeType) => ({ type: 'audio', data: base64(bytes), mimeType }));
}

/**
 * A file for the model, as an embedded resource: out of bytes at once, out of a file as a promise.
 *
 * It holds text if the media type is one of text and the bytes are UTF-8, and bytes otherwise.
 */
export function file(source: FileBytes): EmbeddedResource;
export function file(source: FilePath): Promise<EmbeddedResource>;
export function file(source: FileBytes | FilePath): EmbeddedResource | Promise<EmbeddedResource> {
  return take(source, FILE, (blob, mimeType) => {
    const uri = source.uri ?? uriOf(source);
    const text = textOfMedia(blob, mimeType);
    return embedded(text === undefined ? { uri, mimeType, blob } : { uri, mimeType, text });
  });
}

/** Bytes as a `data:` URI at once, a file as the promise of one. */
export function toDataUri(source: MediaBytes): string;
export function toDataUri(source: MediaPath): Promise<string>;
export function toDataUri(source: MediaBytes | MediaPath): string | Promise<string> {
  return take(source, DATA_URI, (bytes, mimeType) => `data:${mimeType};base64,${base64(bytes)}`);
}

function take<T>(
  source: FileBytes | FilePath,
  taker: Taker,
  make: (bytes: Uint8Array, mimeType: string) => T,
): T | Promise<T> {
  const { path, data } = source;
  if ((path === undefined) === (data === undefined))
    throw new TypeError(`${taker.name}() takes exactly one of path and data`);
  const mimeType = typeOf(source, taker);
  if (path !== undefined) return readBounded(path, source.maxBytes).then((bytes) => make(bytes, mimeType));
  if (!(data instanceof Uint8Array)) throw new TypeError(`${taker.name}() takes data as a Uint8Array`);
  return make(data, mimeType);
}

function typeOf(source: FileBytes | FilePath, { name, family, otherwise }: Taker): string {
  const type = source.mimeType ?? knownType(source, family) ?? otherwise;
  if (!MEDIA_TYPE.test(type)) throw new TypeError(`${name}() was given '${type}', which is no media type`);
  if (family !== undefined && !type.startsWith(`${family}/`))
    throw new TypeError(`${name}() was given ${type}: use file(), or a mimeType that begins with ${family}/`);
  return type;
}

function knownType(source: FileBytes | FilePath, family: string | undefined): string | undefined {
  if (source.path !== undefined) return mediaType(source.path);
  const { format, name = '' } = source;
  if (format === undefined) return mediaType(name);
  return mediaType(format) ?? (family === undefined ? undefined : `${family}/${format.toLowerCase()}`);
}

function uriOf(source: FileBytes | FilePath): string {
  if (source.path !== undefined) return pathToFileURL(source.path).href;
  const { format, name = format === undefined ? 'file' : `file.${format}` } = source;
  return `file:///${encodeURIComponent(name)}`;
}
