import { DiskStore, EncryptedStore } from 'tenon/storage';

/**
 * Where this server keeps what must outlive it: files that only its key opens.
 *
 * To change the key, start once with the new one in STORAGE_ENCRYPTION_KEY and the one before in STORAGE_OLD_KEY. Making the store
 * opens nothing, and a missing key is told when the server starts.
 */
export const storage = new EncryptedStore({
  store: new DiskStore({ path: process.env.STORAGE_PATH ?? 'data' }),
  key: [process.env.STORAGE_ENCRYPTION_KEY, process.env.STORAGE_OLD_KEY],
});
