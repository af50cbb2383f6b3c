/** An object of JSON. */
export type Json = Record<string, unknown>;

interface Document {
  readonly source: Json;
  readonly seq: number;
}

type Answer = readonly [status: number, body: Json];

const TERM = 1;

/** The documents of an index of FakeElasticsearch, and the queries that ElasticsearchStore uses; any other is refused. */
export class FakeIndex {
  readonly settings: Json;
  readonly documents = new Map<string, Document>();
  #visible = new Map<string, Document>();
  #seq = 0;

  constructor(settings: Json) {
    this.settings = settings;
  }

  get(id: string): Answer {
    const found = this.documents.get(id);
    if (!found) return [404, { _id: id, found: false }];
    return [200, { _id: id, found: true, _source: found.source, _seq_no: found.seq, _primary_term: TERM }];
  }

  put(id: string, source: Json, query: URLSearchParams): Answer {
    return this.#isAsRead(id, query) ? this.#write(id, source) : conflict();
  }

  create(id: string, source: Json): Answer {
    return this.documents.has(id) ? conflict() : this.#write(id, source);
  }

  delete(id: string, query: URLSearchParams): Answer {
    if (!this.#isAsRead(id, query)) return conflict();
    this.#seq++;
    return this.documents.delete(id) ? [200, { result: 'deleted' }] : [404, { result: 'not_found' }];
  }

  refresh(): Answer {
    this.#visible = new Map(this.documents);
    return [200, {}];
  }

  search({ query, size = 10, sort, search_after: after }: Json): Answer {
    if (JSON.stringify(sort) !== '[{"key":"asc"}]') return refused(400, 'illegal_argument_exception');
    const matches = matcher(query as Json);
    if (!matches) return refused(400, 'parsing_exception');
    const hits = [...this.#visible]
      .filter(([, { source }]) => matches(source))
      .map(([_id, { source }]) => ({ _id, _source: source, sort: [String(source.key)] }))
      .sort((a, b) => Buffer.compare(Buffer.from(a.sort.join()), Buffer.from(b.sort.join())))
      .filter((hit) => after === undefined || hit.sort.join() > String((after as unknown[])[0]));
    return [200, { hits: { hits: hits.slice(0, Number(size)) } }];
  }

  deleteByQuery({ query }: Json): Answer {
    const matches = matcher(query as Json);
    if (!matches) return refused(400, 'parsing_exception');
    let deleted = 0;
    for (const [id, { source, seq }] of this.#visible)
      if (matches(source) && this.documents.get(id)?.seq === seq && this.documents.delete(id)) deleted++;
    return [200, { deleted }];
  }

  #isAsRead(id: string, query: URLSearchParams): boolean {
    const seq = query.get('if_seq_no');
    if (seq === null) return true;
    return query.get('if_primary_term') === String(TERM) && this.documents.get(id)?.seq === Number(seq);
  }

  #write(id: string, source: Json): Answer {
    if (Buffer.byteLength(String(source.key)) > 32_766) return refused(400, 'illegal_argument_exception');
    const result = this.documents.has(id) ? 'updated' : 'created';
    this.documents.set(id, { source, seq: ++this.#seq });
    return [result === 'created' ? 201 : 200, { _id: id, result, _seq_no: this.#seq, _primary_term: TERM }];
  }
}

/** An error as Elasticsearch answers with it; it quotes what it was sent. */
export function refused(status: number, type: string): Answer {
  const reason = `${type}: Preview of field's value: 'secret'`;
  return [status, { error: { type, reason, root_cause: [{ type, reason }] }, status }];
}

function conflict(): Answer {
  return refused(409, 'version_conflict_engine_exception');
}

function matcher(query: Json): ((source: Json) => boolean) | undefined {
  const [[kind, what] = []] = Object.entries(query);
  const [[field = '', operand] = []] = Object.entries((what ?? {}) as Json);
  if (kind === 'match_all') return () => true;
  if (kind === 'prefix') return (source) => String(source[field]).startsWith(String(operand));
  const { lte } = (operand ?? {}) as Json;
  if (kind !== 'range' || typeof lte !== 'number') return undefined;
  return (source) => typeof source[field] === 'number' && source[field] <= lte;
}
