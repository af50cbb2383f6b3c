export { RedisBus, type RedisBusOptions } from './redis/redis-bus.js';
export type { RedisClient } from './redis/redis-client.js';
export type { RedisOptions } from './redis/redis-connection.js';
export { RedisStore } from './redis/redis-store.js';
export { ValkeyStore } from './redis/valkey-store.js';
