export * from '@tenon/storage/dynamodb';
