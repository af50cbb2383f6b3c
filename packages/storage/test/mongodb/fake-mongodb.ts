import { BSON } from 'mongodb';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { FakeCollection, type Doc } from './fake-collection.js';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
/** As a server of its own says of itself, without what only a set of them has. */
const HELLO = {
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
};

/**
 * Speaks MongoDB's protocol with the official driver, as far as MongoStore uses it; anything else is refused as MongoDB refuses
 * what it does not know. It is no MongoDB: there is one node, nothing is kept, and nothing is deleted when it is over.
 */
export class FakeMongoDb {
  readonly collections = new Map<string, FakeCollection>();
  readonly commands: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cursors = new Map<string, Doc[]>();

  private constructor() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      this.#read(socket);
    });
  }

  static async start(): Promise<FakeMongoDb> {
    const fake = new FakeMongoDb();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get url(): string {
    return `mongodb://127.0.0.1:${(this.#server.address() as AddressInfo).port}/app`;
  }

  /** How many clients are connected. */
  get connections(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #read(socket: Socket): void {
    let waiting = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
        const length = waiting.readInt32LE(0);
        const message = waiting.subarray(0, length);
        waiting = waiting.subarray(length);
        socket.write(this.#answer(message));
      }
    });
  }

  #answer(message: Buffer): Buffer {
    const old = message.readInt32LE(12) === OP_QUERY;
    let answer: Doc;
    try {
      answer = { ...this.#run(old ? queryIn(message) : commandIn(message)), ok: 1 };
    } catch (error) {
      const { code = 1, message: errmsg } = error as Error & { code?: number };
      answer = { ok: 0, code, errmsg };
    }
    const body = BSON.serialize(answer);
    const head = Buffer.alloc(old ? 36 : 21);
    head.writeInt32LE(head.length + body.length, 0);
    head.writeInt32LE(message.readInt32LE(4), 8);
    head.writeInt32LE(old ? OP_REPLY : OP_MSG, 12);
    if (old) head.writeInt32LE(1, 32);
    return Buffer.concat([head, body]);
  }

  #run(command: Doc): Doc {
    const [name = ''] = Object.keys(command);
    this.commands.push(name);
    switch (name) {
      case 'ismaster':
      case 'hello':
        return HELLO;
      case 'ping':
      case 'endSessions':
      case 'killCursors':
        return {};
      case 'getMore':
        return this.#page(String(command.getMore), command);
      case 'find':
        this.#cursors.set(String(++cursors), this.#collection(command).find(command));
        return this.#page(String(cursors), command);
      case 'createIndexes':
      case 'update':
      case 'findAndModify':
        return this.#collection(command)[name](command);
      default:
        throw Object.assign(new Error(`no such command: '${name}'`), { code: 59 });
    }
  }

  #page(id: string, command: Doc): Doc {
    const { getMore, batchSize = getMore === undefined ? 101 : 1000, limit, collection, find } = command;
    const left = this.#cursors.get(id);
    if (!left) throw Object.assign(new Error(`cursor id ${id} not found`), { code: 43 });
    const docs = left.splice(0, Number(limit ?? batchSize));
    if (left.length === 0 || limit !== undefined) this.#cursors.delete(id);
    const ns = `${String(command.$db)}.${String(collection ?? find)}`;
    const cursor = { ns, id: BSON.Long.fromString(this.#cursors.has(id) ? id : '0') };
    return { cursor: { ...cursor, [getMore === undefined ? 'firstBatch' : 'nextBatch']: docs } };
  }

  #collection(command: Doc): FakeCollection {
    const [name] = Object.values(command);
    const ns = `${String(command.$db)}.${String(name)}`;
    const found = this.collections.get(ns) ?? new FakeCollection(ns);
    this.collections.set(ns, found);
    return found;
  }
}

let cursors = 0;

function queryIn(message: Buffer): Doc {
  const end = message.indexOf(0, 20);
  return BSON.deserialize(message.subarray(end + 9));
}

function commandIn(message: Buffer): Doc {
  let command: Doc = {};
  for (let at = 20; at < message.length;) {
    const kind = message.readUInt8(at++);
    const size = message.readInt32LE(at);
    const section = message.subarray(at, at + size);
    at += size;
    if (kind === 0) command = { ...BSON.deserialize(section), ...command };
    else {
      const end = section.indexOf(0, 4);
      const docs: Doc[] = [];
      for (let from = end + 1; from < size; from += section.readInt32LE(from))
        docs.push(BSON.deserialize(section.subarray(from, from + section.readInt32LE(from))));
      command[section.toString('utf8', 4, end)] = docs;
    }
  }
  return command;
}
