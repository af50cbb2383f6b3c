export { RedisBus, type RedisBusOptions } from './redis/redis-bus.js';
export type { RedisClient, RedisOptions } from './redis/redis-connection.js';
export { RedisStore } from './redis/redis-store.js';
export { ValkeyStore } from './redis/valkey-store.js';
