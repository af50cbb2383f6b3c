import type { Client } from '@elastic/elasticsearch';
import type { Clock } from '@tenon/core';
import type { KeptRecord } from '../changing-store.js';
import { isOver } from '../expiry.js';
import { keyText, nameWithin, plainKey } from '../key-text.js';
import { answerOf } from './elasticsearch-answer.js';

/** Elasticsearch takes names of 512 bytes. */
const MAX_NAME = 500;
const PAGE = 100;

interface Source {
  readonly key: string;
  readonly text: string;
  readonly expires?: number;
}

/** A document as it was read: its number and term say whether it still is the one there. */
export interface KeptDocument {
  readonly record: KeptRecord;
  readonly seq: { readonly if_seq_no: number; readonly if_primary_term: number };
}

/** The documents of an index: each write can be bound to what was read before it. */
export class ElasticsearchDocuments {
  readonly #client: Client;
  readonly #index: string;
  readonly #clock: Clock;

  constructor(client: Client, { index, clock }: { readonly index: string; readonly clock: Clock }) {
    this.#client = client;
    this.#index = index;
    this.#clock = clock;
  }

  /** Whether a record is over, and so is not there, though its document is. */
  isOver({ record }: KeptDocument): boolean {
    return isOver(record.expires, this.#clock);
  }

  /** The records of keys that are not over, as they are now. */
  async read(keys: readonly string[]): Promise<readonly (KeptRecord | undefined)[]> {
    const ids = keys.map(idOf);
    if (ids.length === 0) return [];
    const { docs } = await this.#client.mget<Source>({ index: this.#index, ids: [...new Set(ids)] });
    const records = new Map<string, KeptRecord>();
    for (const doc of docs) {
      if ('error' in doc) throw Object.assign(new Error(doc.error.type), { name: 'ResponseError' });
      const record = doc.found && doc._source ? recordOf(doc._source) : undefined;
      if (record && !isOver(record.expires, this.#clock)) records.set(doc._id, record);
    }
    return ids.map((id) => records.get(id));
  }

  /** The document of a key, over or not. */
  async find(key: string): Promise<KeptDocument | undefined> {
    const at = { index: this.#index, id: idOf(key) };
    try {
      const { _source, _seq_no, _primary_term } = await this.#client.get<Source>(at);
      if (!_source || _seq_no === undefined || _primary_term === undefined) return undefined;
      return { record: recordOf(_source), seq: { if_seq_no: _seq_no, if_primary_term: _primary_term } };
    } catch (error) {
      // Without a name of an error it is the document that is not there, not the index.
      if (answerOf(error).status === 404 && answerOf(error).reason === 'status 404') return undefined;
      throw error;
    }
  }

  /** Puts a record in the place of a document, or where there was none; whether it was still so. */
  async write(key: string, record: KeptRecord, before: KeptDocument | undefined): Promise<boolean> {
    const { text, expires } = record;
    const document: Source = { key: keyText(key), text, ...(expires !== undefined && { expires }) };
    const at = { index: this.#index, id: idOf(key), document };
    return unlessChanged(() =>
      before ? this.#client.index({ ...at, ...before.seq }) : this.#client.create(at),
    );
  }

  /** Takes a document away; whether it was still the one there. */
  async remove(key: string, { seq }: KeptDocument): Promise<boolean> {
    return unlessChanged(() => this.#client.delete({ index: this.#index, id: idOf(key), ...seq }));
  }

  /** The records whose keys begin with a prefix, those included that were set just now. */
  async *beginning(prefix: string): AsyncIterable<readonly [key: string, record: KeptRecord]> {
    await this.#client.indices.refresh({ index: this.#index });
    const query = prefix === '' ? { match_all: {} } : { prefix: { key: keyText(prefix) } };
    for (let after: string | undefined; ;) {
      const { hits } = await this.#client.search<Source>({
        index: this.#index,
        query,
        size: PAGE,
        sort: [{ key: 'asc' as const }],
        track_total_hits: false,
        ...(after !== undefined && { search_after: [after] }),
      });
      for (const { _source } of hits.hits) {
        if (!_source) continue;
        after = _source.key;
        const record = recordOf(_source);
        if (!isOver(record.expires, this.#clock)) yield [plainKey(_source.key), record];
      }
      if (hits.hits.length < PAGE) return;
    }
  }

  /** Takes away what is over. */
  async sweep(): Promise<void> {
    await this.#client.deleteByQuery({
      index: this.#index,
      query: { range: { expires: { lte: Math.floor(this.#clock.now()) } } },
      conflicts: 'proceed',
    });
  }
}

async function unlessChanged(step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    const { status, reason } = answerOf(error);
    if (status === 409 || (status === 404 && reason === 'status 404')) return false;
    throw error;
  }
}

function recordOf({ text, expires }: Source): KeptRecord {
  return { text, expires };
}

function idOf(key: string): string {
  return nameWithin(MAX_NAME, key);
}
