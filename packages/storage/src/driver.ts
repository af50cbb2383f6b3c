import { FrameworkError } from '@tenon/core';

/**
 * Loads the library of a store, which is the user's to install.
 *
 * @throws {FrameworkError} ERR_STORAGE_LIBRARY
 */
export async function loadDriver<T>(
  of: { readonly store: string; readonly library: string },
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown };
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    // A library that lacks something itself says so.
    if (!missing || !String(message).includes(`'${of.library}'`)) throw cause;
    throw new FrameworkError('ERR_STORAGE_LIBRARY', of, { cause });
  }
}
