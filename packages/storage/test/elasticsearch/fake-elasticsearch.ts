import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeIndex, refused, type Json } from './fake-index.js';

type Answer = readonly [status: number, body: Json];

interface Asked {
  readonly id: string;
  readonly body: Json;
  readonly query: URLSearchParams;
}

const ROUTES: ReadonlyMap<string, (index: FakeIndex, asked: Asked) => Answer> = new Map([
  ['GET _doc', (index, { id }) => index.get(id)],
  ['PUT _doc', (index, { id, body, query }) => index.put(id, body, query)],
  ['PUT _create', (index, { id, body }) => index.create(id, body)],
  ['DELETE _doc', (index, { id, query }) => index.delete(id, query)],
  ['POST _mget', (index, { body }) => [200, { docs: (body.ids as string[]).map((id) => index.get(id)[1]) }]],
  ['GET _refresh', (index) => index.refresh()],
  ['POST _search', (index, { body }) => index.search(body)],
  ['POST _delete_by_query', (index, { body }) => index.deleteByQuery(body)],
]);

/**
 * Answers the official client over HTTP, as far as ElasticsearchStore uses it; anything else is refused as Elasticsearch refuses
 * what it does not know. It is no Elasticsearch: there is one node, nothing is kept, and only a refresh makes writes visible to a
 * search.
 */
export class FakeElasticsearch {
  readonly indices = new Map<string, FakeIndex>();
  readonly requests: string[] = [];
  maxContentLength = 100 * 1024 * 1024;
  /** The value of the header Authorization that is asked for, if any is. */
  authorization: string | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(([status, body]) => {
        response.writeHead(status, {
          'content-type': 'application/vnd.elasticsearch+json;compatible-with=8',
          'x-elastic-product': 'Elasticsearch',
        });
        response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
      });
    });
  }

  static async start(): Promise<FakeElasticsearch> {
    const fake = new FakeElasticsearch();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const content = Buffer.concat(chunks);
    const url = new URL(request.url ?? '', this.url);
    const path = url.pathname.slice(1).split('/').map(decodeURIComponent);
    this.requests.push(`${request.method} /${path.slice(0, 2).join('/')}`);
    if (content.length > this.maxContentLength) return [413, {}];
    if (this.authorization !== undefined && request.headers.authorization !== this.authorization)
      return refused(401, 'security_exception');
    const body = content.length > 0 ? (JSON.parse(content.toString()) as Json) : {};
    return this.#route(request.method ?? '', path, { body, query: url.searchParams });
  }

  #route(
    method: string,
    [index = '', what, id = '']: readonly string[],
    { body, query }: Omit<Asked, 'id'>,
  ): Answer {
    const found = this.indices.get(index);
    if (what === undefined && method === 'HEAD') return [found ? 200 : 404, {}];
    if (what === undefined && method === 'PUT') {
      if (found) return refused(400, 'resource_already_exists_exception');
      this.indices.set(index, new FakeIndex(body));
      return [200, { acknowledged: true }];
    }
    if (!found) return refused(404, 'index_not_found_exception');
    if (Buffer.byteLength(id) > 512) return refused(400, 'action_request_validation_exception');
    const route = ROUTES.get(`${method} ${what}`);
    return route ? route(found, { id, body, query }) : refused(405, 'method_not_allowed');
  }
}
