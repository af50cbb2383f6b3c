export * from '@tenon/storage/keyv';
