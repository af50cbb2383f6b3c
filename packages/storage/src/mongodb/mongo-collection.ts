import { FrameworkError } from '@tenon/core';
import type { Collection, MongoClient } from 'mongodb';
import { loadDriver } from '../driver.js';
import { reasonOf } from '../store-fault.js';

/** Where MongoDB is, or a client that you have already. */
export type MongoConnection =
  | {
      /** As in `mongodb://localhost:27017/app`. */
      readonly url: string;
    }
  | {
      /** Stays yours: it is not closed with the store. */
      readonly client: MongoClient;
    };

/** A record as a document; its name is the text of its key. */
export interface MongoRecord {
  readonly _id: string;
  readonly text: string;
  readonly expires?: Date;
}

/** A collection that is there, with what ends the connection to it. */
export interface OpenCollection {
  readonly records: Collection<MongoRecord>;
  close(): Promise<void>;
}

/** So long the driver looks for a server, in milliseconds. */
const PATIENCE = { serverSelectionTimeoutMS: 5000 };

/**
 * Connects to a collection, whose documents MongoDB deletes when they are over.
 *
 * @throws {FrameworkError} ERR_STORAGE_LIBRARY, ERR_STORAGE_OPEN
 */
export async function openCollection(
  of: { readonly store: string; readonly database: string | undefined; readonly collection: string },
  connection: MongoConnection,
): Promise<OpenCollection> {
  let close = (): Promise<void> => Promise.resolve();
  try {
    let client: MongoClient;
    if ('client' in connection) client = connection.client;
    else {
      const driver = await loadDriver({ store: 'MongoStore', library: 'mongodb' }, () => import('mongodb'));
      client = new driver.MongoClient(connection.url, PATIENCE);
      close = () => client.close();
    }
    await client.connect();
    // Whatever the URL says: a reader that may be behind would find what has been taken.
    const primary = { readPreference: 'primary' as const };
    const records = client.db(of.database).collection<MongoRecord>(of.collection, primary);
    await records.createIndex({ expires: 1 }, { expireAfterSeconds: 0 }, {});
    return { records, close };
  } catch (cause) {
    await close().catch(() => undefined);
    if (FrameworkError.is(cause)) throw cause;
    throw new FrameworkError(
      'ERR_STORAGE_OPEN',
      {
        store: of.store,
        reason: reasonOf(cause),
        cure: 'Give it the URL of a MongoDB that answers, of a user that may write and make an index: new MongoStore({ url }).',
      },
      { cause },
    );
  }
}
