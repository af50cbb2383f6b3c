export type { MongoConnection } from './mongodb/mongo-collection.js';
export { MongoStore, type MongoOptions } from './mongodb/mongo-store.js';
