import {
  FrameworkError,
  storedText,
  SystemClock,
  type Clock,
  type CompareOptions,
  type ListableStore,
  type SetOptions,
} from '@tenon/core';
import { expiryOf } from '../expiry.js';
import { keyText, plainKey } from '../key-text.js';
import { Opened } from '../opened.js';
import { storeFault } from '../store-fault.js';
import { SwappingStore, type Swap } from '../swapping-store.js';
import { untilDone } from '../until-done.js';
import { itemOf, nameOf, textOf, type Item } from './dynamodb-item.js';
import { isNamed, openTable, type DynamoDbConnection, type OpenTable } from './dynamodb-table.js';

/** Which table a DynamoDbStore keeps its records in, and where it is. */
export type DynamoDbOptions = DynamoDbConnection & {
  /** A table of its own; made when the store is opened, if it is not there. */
  readonly table: string;
  readonly clock?: Clock;
};

/** DynamoDB gives so many items at once. */
const BATCH = 100;
const LIVE = '(attribute_not_exists(#expires) OR #expires > :now)';

/**
 * Keeps records in a table of DynamoDB, each in one item.
 *
 * Single steps are conditional writes, reads are consistent. To tell entries reads the whole table.
 */
export class DynamoDbStore extends SwappingStore implements ListableStore {
  protected readonly name: string;
  readonly #table: { readonly TableName: string };
  readonly #clock: Clock;
  protected readonly opened: Opened<OpenTable>;

  constructor(options: DynamoDbOptions) {
    super();
    const { table, clock = new SystemClock(), ...connection } = options;
    this.name = `DynamoDbStore({ table: ${JSON.stringify(table)} })`;
    this.#table = { TableName: table };
    this.#clock = clock;
    this.opened = new Opened(
      () => openTable({ store: this.name, table }, connection),
      (open) => {
        open.close();
      },
    );
  }

  async getMany(keys: readonly string[]): Promise<readonly unknown[]> {
    const names = keys.map((key) => nameOf(key).id.S);
    const texts = new Map<string, string>();
    const unique = [...new Set(names)];
    for (let i = 0; i < unique.length; i += BATCH)
      for (const item of await this.#batch(unique.slice(i, i + BATCH))) {
        const text = textOf(item, this.#clock.now());
        if (item.id?.S !== undefined && text !== undefined) texts.set(item.id.S, text);
      }
    return names.map((name, i) => this.value(keys[i] as string, texts.get(name)));
  }

  async set(key: string, value: unknown, options: SetOptions = {}): Promise<void> {
    const Item = this.#item(key, storedText(key, value), options);
    await this.#on(key, ({ client, library }) =>
      client.send(new library.PutItemCommand({ ...this.#table, Item })),
    );
  }

  async add(key: string, value: unknown, options: SetOptions = {}): Promise<boolean> {
    const Item = this.#item(key, storedText(key, value), options);
    return this.#conditional(key, ({ client, library }) =>
      client.send(
        new library.PutItemCommand({
          ...this.#table,
          Item,
          ConditionExpression: 'attribute_not_exists(#id) OR #expires <= :now',
          ExpressionAttributeNames: { '#id': 'id', '#expires': 'expires' },
          ExpressionAttributeValues: { ':now': this.#now() },
        }),
      ),
    );
  }

  async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const scan = {
      ...this.#table,
      ConsistentRead: true,
      ...(prefix !== '' && {
        FilterExpression: 'begins_with(#key, :prefix)',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: { ':prefix': { S: keyText(prefix) } },
      }),
    };
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await this.#on(prefix, ({ client, library }) =>
        client.send(new library.ScanCommand({ ...scan, ...(ExclusiveStartKey && { ExclusiveStartKey }) })),
      );
      for (const item of page.Items ?? []) {
        const text = textOf(item, this.#clock.now());
        const key = plainKey(item.key?.S ?? '');
        const value = this.value(key, text);
        if (value !== undefined && item.key?.S !== undefined) yield [key, value];
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  protected async text(key: string): Promise<string | undefined> {
    const { Item } = await this.#on(key, ({ client, library }) =>
      client.send(new library.GetItemCommand({ ...this.#table, Key: nameOf(key), ConsistentRead: true })),
    );
    return textOf(Item, this.#clock.now());
  }

  /** The items of some names; what DynamoDB leaves for later is asked for again. */
  async #batch(names: readonly string[]): Promise<readonly Item[]> {
    const { TableName } = this.#table;
    const items: Item[] = [];
    let Keys: Item[] | undefined = names.map((name) => ({ id: { S: name } }));
    await untilDone({ store: this.name }, async () => {
      const RequestItems = { [TableName]: { Keys, ConsistentRead: true } };
      const answer = await this.#on(undefined, ({ client, library }) =>
        client.send(new library.BatchGetItemCommand({ RequestItems })),
      );
      items.push(...(answer.Responses?.[TableName] ?? []));
      Keys = answer.UnprocessedKeys?.[TableName]?.Keys;
      return Keys?.length ? undefined : { done: undefined };
    });
    return items;
  }

  protected async remove(key: string): Promise<string | undefined> {
    const { Attributes } = await this.#on(key, ({ client, library }) =>
      client.send(
        new library.DeleteItemCommand({ ...this.#table, Key: nameOf(key), ReturnValues: 'ALL_OLD' }),
      ),
    );
    return textOf(Attributes, this.#clock.now());
  }

  protected swap(key: string, { expected, text }: Swap, options: CompareOptions): Promise<boolean> {
    const { expires, gone } = this.#item(key, text, options);
    const end = expires && gone ? ', #expires = :expires, #gone = :gone' : ' REMOVE #expires, #gone';
    return this.#conditional(key, ({ client, library }) =>
      client.send(
        new library.UpdateItemCommand({
          ...this.#table,
          Key: nameOf(key),
          UpdateExpression: `SET #text = :text${options.keepTtl ? '' : end}`,
          ConditionExpression: `#text = :expected AND ${LIVE}`,
          ExpressionAttributeNames: {
            '#text': 'text',
            '#expires': 'expires',
            ...(!options.keepTtl && { '#gone': 'gone' }),
          },
          ExpressionAttributeValues: {
            ':text': { S: text },
            ':expected': { S: expected },
            ':now': this.#now(),
            ...(!options.keepTtl && expires && gone && { ':expires': expires, ':gone': gone }),
          },
        }),
      ),
    );
  }

  #item(key: string, text: string, options: SetOptions): Item {
    return itemOf(this.name, { key, text, expires: expiryOf(options, this.#clock) });
  }

  #now(): { readonly N: string } {
    return { N: String(Math.floor(this.#clock.now())) };
  }

  /** Whether the condition of a write was met. */
  async #conditional(key: string, step: (open: OpenTable) => Promise<unknown>): Promise<boolean> {
    return this.#on(key, (open) =>
      step(open).then(
        () => true,
        (error: unknown) => {
          if (isNamed(error, 'ConditionalCheckFailedException')) return false;
          throw error;
        },
      ),
    );
  }

  async #on<T>(key: string | undefined, step: (open: OpenTable) => Promise<T>): Promise<T> {
    const open = await this.opened.get();
    try {
      return await step(open);
    } catch (error) {
      if (FrameworkError.is(error)) throw error;
      throw storeFault('STORAGE_UNREACHABLE', { store: this.name, ...(key !== undefined && { key }) }, error);
    }
  }
}
