import { FrameworkError } from '@tenon/core';
import type { Client } from '@elastic/elasticsearch';
import { loadDriver } from '../driver.js';
import { answerOf } from './elasticsearch-answer.js';

/** Where Elasticsearch is, or a client that you have already. */
export type ElasticsearchConnection =
  | {
      /** As in `http://localhost:9200`, with user and password if it wants them. */
      readonly url: string;
      /** In place of user and password. */
      readonly apiKey?: string;
    }
  | {
      /** Stays yours: it is not closed with the store. */
      readonly client: Client;
    };

/** An index that is there, with the client to ask it. */
export interface OpenIndex {
  readonly client: Client;
  close(): Promise<void>;
}

/** So long Elasticsearch may take to answer, in milliseconds. */
const PATIENCE = { requestTimeout: 10_000, maxRetries: 2 };
/** What is looked for; the text of a record is kept and no more. */
const MAPPINGS = {
  dynamic: false,
  properties: { key: { type: 'keyword' }, expires: { type: 'long' } },
} as const;

/**
 * Connects to an index, which is made if it is not there.
 *
 * @throws {FrameworkError} ERR_STORAGE_LIBRARY, ERR_STORAGE_OPEN
 */
export async function openIndex(
  { store, index }: { readonly store: string; readonly index: string },
  connection: ElasticsearchConnection,
): Promise<OpenIndex> {
  const { client, close } = await connected(connection);
  try {
    if (!(await client.indices.exists({ index })))
      await client.indices.create({ index, mappings: MAPPINGS }).catch((error: unknown) => {
        // Another process was faster.
        if (answerOf(error).reason !== 'resource_already_exists_exception') throw error;
      });
    return { client, close };
  } catch (error) {
    await close();
    throw new FrameworkError('ERR_STORAGE_OPEN', {
      store,
      reason: answerOf(error).reason,
      cure: 'Give it the URL of an Elasticsearch that answers, of a user that may make and write the index: new ElasticsearchStore({ url }).',
    });
  }
}

async function connected(connection: ElasticsearchConnection): Promise<OpenIndex> {
  if ('client' in connection) return { client: connection.client, close: () => Promise.resolve() };
  const library = await loadDriver(
    { store: 'ElasticsearchStore', library: '@elastic/elasticsearch' },
    () => import('@elastic/elasticsearch'),
  );
  const { url, apiKey } = connection;
  const client = new library.Client({
    node: url,
    ...PATIENCE,
    ...(apiKey !== undefined && { auth: { apiKey } }),
  });
  return { client, close: () => client.close() };
}
