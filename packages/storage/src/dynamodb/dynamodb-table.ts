import { FrameworkError } from '@tenon/core';
import type * as sdk from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { loadDriver } from '../driver.js';
import { reasonOf } from '../store-fault.js';
import { warnOnce } from '../warn-once.js';

/** The library, as it is loaded. */
export type Library = typeof sdk;

/** Where DynamoDB is, or a client that you have already. */
export type DynamoDbConnection =
  | {
      /** Default: as the AWS SDK finds it, AWS_REGION first. */
      readonly region?: string;
      /** For another place than AWS: `http://localhost:8000`. */
      readonly endpoint?: string;
      /** Default: as the AWS SDK finds them. */
      readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
    }
  | {
      /** Stays yours: it is not closed with the store. */
      readonly client: DynamoDBClient;
    };

/** A table that is there, with the client to ask it. */
export interface OpenTable {
  readonly library: Library;
  readonly client: DynamoDBClient;
  close(): void;
}

/** So long DynamoDB may take to connect, and to answer; the SDK asks three times. */
const TIMEOUTS = { connectionTimeout: 2000, requestTimeout: 5000 };

/**
 * Connects to a table, which is made if it is not there.
 *
 * @throws {FrameworkError} ERR_STORAGE_LIBRARY, ERR_STORAGE_OPEN
 */
export async function openTable(
  { store, table }: { readonly store: string; readonly table: string },
  connection: DynamoDbConnection,
): Promise<OpenTable> {
  const library = await loadDriver(
    { store: 'DynamoDbStore', library: '@aws-sdk/client-dynamodb' },
    () => import('@aws-sdk/client-dynamodb'),
  );
  const owned = !('client' in connection);
  const client = owned
    ? new library.DynamoDBClient({ ...connection, requestHandler: TIMEOUTS })
    : connection.client;
  const close = (): void => {
    if (owned) client.destroy();
  };
  try {
    await ensureTable({ library, client }, table);
    return { library, client, close };
  } catch (cause) {
    close();
    throw new FrameworkError(
      'ERR_STORAGE_OPEN',
      {
        store,
        reason: reasonOf(cause),
        cure: 'Name its region or endpoint and credentials; make the table with the string "id" as its partition key, or let the server make it.',
      },
      { cause },
    );
  }
}

async function ensureTable(
  { library, client }: Pick<OpenTable, 'library' | 'client'>,
  table: string,
): Promise<void> {
  const named = { TableName: table };
  try {
    await client.send(new library.DescribeTableCommand(named));
    return;
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
  }
  const shape = {
    ...named,
    BillingMode: 'PAY_PER_REQUEST' as const,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  };
  await client.send(new library.CreateTableCommand(shape)).catch((error: unknown) => {
    // Another process was faster.
    if (!isNamed(error, 'ResourceInUseException')) throw error;
  });
  await library.waitUntilTableExists({ client, minDelay: 1, maxDelay: 5, maxWaitTime: 120 }, named);
  const ttl = { ...named, TimeToLiveSpecification: { AttributeName: 'gone', Enabled: true } };
  await client.send(new library.UpdateTimeToLiveCommand(ttl)).catch((error: unknown) => {
    warnOnce(
      `DynamoDB does not take out of ${table} what is past its time (${reasonOf(error)}): turn on its TTL for the attribute "gone"`,
    );
  });
}

/** Whether DynamoDB has answered with an error of this name. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
