export * from '@tenon/storage/level';
