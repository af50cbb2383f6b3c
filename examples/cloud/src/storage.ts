import { MemoryStore, type AtomicStore } from 'tenon';
import { DiskStore, EncryptedStore } from 'tenon/storage';
import { RedisStore } from 'tenon/storage/redis';

const { REDIS_HOST, REDIS_PORT, REDIS_PASSWORD, STORAGE_PATH, STORAGE_ENCRYPTION_KEY } = process.env;

/**
 * What instances share: in Redis, where the environment names one, or on a disk, and sealed in both. Without either each keeps its
 * own, in memory.
 *
 * Making a store opens nothing, so that importing this file does not either.
 */
export const storage = store();

function store(): AtomicStore {
  if (REDIS_HOST !== undefined)
    return sealed(
      new RedisStore({ host: REDIS_HOST, port: Number(REDIS_PORT ?? 6379), password: REDIS_PASSWORD }),
    );
  return STORAGE_PATH === undefined ? new MemoryStore() : sealed(new DiskStore({ path: STORAGE_PATH }));
}

function sealed(below: AtomicStore): AtomicStore {
  return new EncryptedStore({ store: below, key: STORAGE_ENCRYPTION_KEY });
}
