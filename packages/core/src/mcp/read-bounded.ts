import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

/** How large a file may be that is read without saying otherwise: 10 MiB. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;

/** Reads a file, if it is one and no larger than allowed; an error names its path otherwise. */
export async function readBounded(path: string, maxBytes = MAX_FILE_BYTES): Promise<Uint8Array> {
  const { size } = await stat(path)
    .then((found) => {
      if (!found.isFile()) throw new Error('it is no file');
      return found;
    })
    .catch((cause: unknown) => unreadable(path, cause));
  if (size > maxBytes) throw tooLarge(path, maxBytes);
  const chunks: Uint8Array[] = [];
  try {
    // A file may grow, or not tell its size: one byte more than allowed is asked for, to see it.
    for await (const chunk of createReadStream(path, { end: maxBytes })) chunks.push(chunk as Uint8Array);
  } catch (cause) {
    return unreadable(path, cause);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.byteLength > maxBytes) throw tooLarge(path, maxBytes);
  return bytes;
}

function unreadable(path: string, cause: unknown): never {
  throw new Error(`The file ${path} cannot be read: ${(cause as Error).message}`, { cause });
}

function tooLarge(path: string, maxBytes: number): Error {
  return new Error(`The file ${path} is larger than ${maxBytes} bytes: allow more with maxBytes`);
}
