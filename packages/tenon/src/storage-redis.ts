export * from '@tenon/storage/redis';
