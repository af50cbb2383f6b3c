import { token } from '../di/token.js';
import type { AtomicStore } from '../storage/store.js';

/**
 * The store for what should outlive the process: OAuth records, tokens of a client.
 *
 * It is the storage that the module names. Without one it is, on macOS and Windows, encrypted files in the user's data folder,
 * where `@tenon/storage` is installed; elsewhere memory, of which a server in production warns.
 */
export const LastingStore = token<AtomicStore>('LastingStore');

/**
 * The same store for kept answers, which can be made again, so that nobody is warned of memory: there it is undefined, for answers need
 * no store to be in memory.
 */
export const AnswerStore = token<AtomicStore | undefined>('AnswerStore');
