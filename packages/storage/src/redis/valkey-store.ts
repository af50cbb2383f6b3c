import { RedisStore } from './redis-store.js';

/** Keeps records in Valkey, which is spoken to as Redis is. */
export class ValkeyStore extends RedisStore {}
