export * from '@tenon/storage/elasticsearch';
