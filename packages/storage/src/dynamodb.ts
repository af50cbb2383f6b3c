export { DynamoDbStore, type DynamoDbOptions } from './dynamodb/dynamodb-store.js';
export type { DynamoDbConnection } from './dynamodb/dynamodb-table.js';
