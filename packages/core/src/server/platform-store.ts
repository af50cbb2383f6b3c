import type { AtomicStore } from '../storage/store.js';

/** What the package that knows the disk exports, as far as this one needs it. */
interface StoragePackage {
  platformStore(of: {
    readonly name: string;
  }): { readonly store: AtomicStore; readonly place: string } | undefined;
}

// In a variable, because the package is the user's to install.
const STORAGE_PACKAGE: string = '@tenon/storage';

/** The store of this platform that outlives the process, and where it is; undefined where there is none. */
export async function platformStore(name: string): Promise<ReturnType<StoragePackage['platformStore']>> {
  if (process.platform !== 'darwin' && process.platform !== 'win32') return undefined;
  try {
    return ((await import(STORAGE_PACKAGE)) as StoragePackage).platformStore({ name });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return undefined;
  }
}
