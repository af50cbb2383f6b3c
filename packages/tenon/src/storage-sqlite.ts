export * from '@tenon/storage/sqlite';
