export { MemcachedStore, type MemcachedOptions } from './memcached/memcached-store.js';
