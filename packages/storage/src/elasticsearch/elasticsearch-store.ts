import { SystemClock, type Clock } from '@tenon/core';
import { ChangingStore, type Change, type KeptRecord } from '../changing-store.js';
import { keyText } from '../key-text.js';
import { Opened } from '../opened.js';
import { storeFault, tooLarge } from '../store-fault.js';
import { Sweeping } from '../sweeping.js';
import { untilDone } from '../until-done.js';
import { answerOf } from './elasticsearch-answer.js';
import { ElasticsearchDocuments } from './elasticsearch-documents.js';
import { openIndex, type ElasticsearchConnection } from './elasticsearch-index.js';

/** Which index an ElasticsearchStore keeps its records in, and where it is. */
export type ElasticsearchOptions = ElasticsearchConnection & {
  /** An index of its own; made when the store is opened, if it is not there. Default: tenon-records. */
  readonly index?: string;
  readonly clock?: Clock;
};

interface OpenDocuments {
  readonly documents: ElasticsearchDocuments;
  close(): Promise<void>;
}

/** The longest term that Elasticsearch can look for is a little longer. */
const MAX_KEY = 32_000;

/**
 * Keeps records in an index of Elasticsearch, each in one document.
 *
 * What is changed is bound to what was read before, by the number and the term of the document. To tell entries refreshes the
 * index.
 */
export class ElasticsearchStore extends ChangingStore {
  readonly #name: string;
  readonly #opened: Opened<OpenDocuments>;

  constructor(options: ElasticsearchOptions) {
    super(options.clock ?? new SystemClock());
    const { index = 'tenon-records' } = options;
    // Without the URL, in which there may be a password.
    this.#name = `ElasticsearchStore({ index: ${JSON.stringify(index)} })`;
    this.#opened = new Opened(
      () => this.#open(index, options),
      (open) => open.close(),
    );
  }

  override open(): Promise<void> {
    return this.#opened.open();
  }

  override close(): Promise<void> {
    return this.#opened.close();
  }

  override async *entries(prefix: string): AsyncIterable<readonly [string, unknown]> {
    const { documents } = await this.#opened.get();
    try {
      for await (const [key, record] of documents.beginning(prefix)) {
        const value = this.value(key, record);
        if (value !== undefined) yield [key, value];
      }
    } catch (error) {
      throw this.#fault(prefix, error);
    }
  }

  protected override read(keys: readonly string[]): Promise<readonly (KeptRecord | undefined)[]> {
    return this.#on(keys[0], (documents) => documents.read(keys));
  }

  protected override change(
    key: string,
    step: (record: KeptRecord | undefined) => Change,
  ): Promise<KeptRecord | undefined> {
    if (keyText(key).length > MAX_KEY)
      throw tooLarge({ store: this.#name, key }, { most: `keys of ${MAX_KEY} bytes at most` });
    return untilDone({ store: this.#name, key }, () =>
      this.#on(key, async (documents) => {
        const found = await documents.find(key);
        const record = found && !documents.isOver(found) ? found.record : undefined;
        const what = step(record);
        let done = true;
        if (what === 'remove') done = !found || (await documents.remove(key, found));
        else if (what !== 'leave') done = await documents.write(key, what.write, found);
        return done ? { done: record } : undefined;
      }),
    );
  }

  async #open(index: string, connection: ElasticsearchConnection): Promise<OpenDocuments> {
    const { client, close } = await openIndex({ store: this.#name, index }, connection);
    const documents = new ElasticsearchDocuments(client, { index, clock: this.clock });
    const sweep = (): Promise<void> => documents.sweep();
    const sweeping = new Sweeping(this.clock, { place: this.#name, sweep });
    return {
      documents,
      close: async () => {
        await sweeping.stop();
        await close();
      },
    };
  }

  async #on<T>(key: string | undefined, step: (documents: ElasticsearchDocuments) => Promise<T>): Promise<T> {
    const { documents } = await this.#opened.get();
    try {
      return await step(documents);
    } catch (error) {
      throw this.#fault(key, error);
    }
  }

  #fault(key: string | undefined, error: unknown): unknown {
    const place = { store: this.#name, ...(key !== undefined && { key }) };
    if (!isOfClient(error)) return error;
    const { status, reason } = answerOf(error);
    if (status === 413)
      return tooLarge(place, { most: 'what the http.max_content_length of its server lets pass' });
    return storeFault('STORAGE_UNREACHABLE', place, reason);
  }
}

/** The errors of the client, by their names: they are of classes that only its library has. */
function isOfClient(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(?:ResponseError|ConnectionError|TimeoutError|NoLivingConnectionsError|ProductNotSupportedError|DeserializationError|RequestAbortedError|ElasticsearchClientError)$/.test(
      error.name,
    )
  );
}
