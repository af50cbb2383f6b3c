import { BSON } from 'mongodb';

/** A document, or a command. */
export type Doc = Record<string, unknown>;

/** The documents of a collection of FakeMongoDb, and the operators that MongoStore uses; any other is refused. */
export class FakeCollection {
  readonly indexes: Doc[] = [];
  readonly #ns: string;
  // As bytes, so that nothing is kept that could not be sent.
  readonly #documents = new Map<string, Uint8Array>();

  constructor(ns: string) {
    this.#ns = ns;
  }

  /** All documents, in the order of their names. */
  get documents(): Doc[] {
    return [...this.#documents.values()]
      .map((bytes) => BSON.deserialize(bytes))
      .sort((a, b) => compare(a._id, b._id) ?? 0);
  }

  createIndexes({ indexes }: Doc): Doc {
    this.indexes.push(...(indexes as Doc[]));
    return {};
  }

  find({ filter }: Doc): Doc[] {
    return this.documents.filter((doc) => matches(doc, filter as Doc));
  }

  findAndModify({ query, remove }: Doc): Doc {
    if (remove !== true) throw refused('findAndModify without remove');
    const [found = null] = this.find({ filter: query });
    if (found) this.#documents.delete(String(found._id));
    return { value: found, lastErrorObject: { n: found ? 1 : 0 } };
  }

  update({ updates }: Doc): Doc {
    let n = 0;
    const upserted: Doc[] = [];
    const writeErrors: Doc[] = [];
    for (const [index, { q, u, upsert }] of (updates as Doc[]).entries()) {
      const [found] = this.find({ filter: q });
      if (found) this.#put(changed(found, u as Doc));
      else if (upsert !== true) continue;
      else {
        const made = changed(equalities(q as Doc), u as Doc);
        if (this.#documents.has(String(made._id))) {
          writeErrors.push({ index, code: 11_000, errmsg: this.#duplicate(made) });
          continue;
        }
        this.#put(made);
        upserted.push({ index, _id: made._id });
      }
      n++;
    }
    return {
      n,
      nModified: n - upserted.length,
      ...(upserted.length && { upserted }),
      ...(writeErrors.length && { writeErrors }),
    };
  }

  #put(doc: Doc): void {
    this.#documents.set(String(doc._id), BSON.serialize(doc));
  }

  #duplicate({ _id }: Doc): string {
    return `E11000 duplicate key error collection: ${this.#ns} index: _id_ dup key: { _id: ${JSON.stringify(_id)} }`;
  }
}

/** What an update makes of a document: another one under the same name, or the same with fields set and taken away. */
function changed(doc: Doc, update: Doc): Doc {
  const operators = Object.keys(update).filter((name) => name.startsWith('$'));
  if (operators.length === 0) return { _id: doc._id, ...update };
  const result = new Map(Object.entries(doc));
  for (const operator of operators) {
    const fields = Object.entries(update[operator] as Doc);
    if (operator === '$set') for (const [name, value] of fields) result.set(name, value);
    else if (operator === '$unset') for (const [name] of fields) result.delete(name);
    else throw refused(operator);
  }
  return Object.fromEntries(result);
}

function equalities(filter: Doc): Doc {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => !isOperators(value)));
}

function matches(doc: Doc, filter: Doc): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (name.startsWith('$')) throw refused(name);
    const value = doc[name];
    if (!isOperators(wanted)) return compare(value, wanted) === 0;
    return Object.entries(wanted).every(([operator, operand]) => holds(value, operator, operand));
  });
}

function holds(value: unknown, operator: string, operand: unknown): boolean {
  const order = compare(value, operand);
  switch (operator) {
    case '$in':
      return (operand as unknown[]).some((each) => compare(value, each) === 0);
    case '$gte':
      return order !== undefined && order >= 0;
    case '$lt':
      return order !== undefined && order < 0;
    case '$lte':
      return order !== undefined && order <= 0;
    case '$not':
      return !Object.entries(operand as Doc).every(([each, of]) => holds(value, each, of));
    default:
      throw refused(operator);
  }
}

/** The order of two values; undefined if they are of different types, which no comparison of MongoDB crosses. */
function compare(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  return undefined;
}

function isOperators(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function refused(what: string): Error {
  return Object.assign(new Error(`unknown operator: ${what}`), { code: 2 });
}
