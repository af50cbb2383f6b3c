export * from '@tenon/storage';
