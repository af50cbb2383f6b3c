import { token } from '../di/token.js';
import type { AtomicStore } from '../storage/store.js';

/**
 * The store for what should outlive the process: OAuth records, tokens of a client.
 *
 * It is the storage that the module names. Without one it is, on macOS and Windows, encrypted files in the user's data folder,
 * where `@tenon/storage` is installed; elsewhere memory, of which a server in production warns.
 */
export const LastingStore = token<AtomicStore>('LastingStore');

/** The same store for what may outlive the process and can be made again, as kept answers can: nobody is warned of memory. */
export const CacheStore = token<AtomicStore>('CacheStore');

/** That store for the answers of the server itself; undefined where it would be memory, which answers can have without a store. */
export const AnswerStore = token<AtomicStore | undefined>('AnswerStore');
