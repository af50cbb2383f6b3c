export type { ElasticsearchConnection } from './elasticsearch/elasticsearch-index.js';
export { ElasticsearchStore, type ElasticsearchOptions } from './elasticsearch/elasticsearch-store.js';
