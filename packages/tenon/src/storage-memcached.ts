export * from '@tenon/storage/memcached';
