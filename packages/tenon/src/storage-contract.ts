export * from '@tenon/storage/contract';
