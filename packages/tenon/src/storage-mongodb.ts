export * from '@tenon/storage/mongodb';
