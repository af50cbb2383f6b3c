import type { HttpAnswer, HttpRequest } from './http-message.js';
import { header } from './http-message.js';

/** What pages may do that may call. */
export interface CorsOptions {
  /** Headers of your own that they may send, besides those of the protocol. */
  readonly headers?: readonly string[];
}

/** The headers of the protocol, and what every client sends with them. */
const SENT: readonly string[] = [
  'accept',
  'authorization',
  'content-type',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
];
/** Begins the headers that repeat an argument of a tool. */
const ARGUMENT = 'mcp-param-';
const READ = 'mcp-session-id, retry-after, www-authenticate';
/** How long a browser may remember what it may do, in seconds; no browser does for longer. */
const MAX_AGE = '7200';

/** Lets pages of the origins that may call read what they are answered. */
export class Cors {
  readonly #sent: ReadonlySet<string>;

  constructor({ headers = [] }: CorsOptions) {
    this.#sent = new Set([...SENT, ...headers.map((name) => name.toLowerCase())]);
  }

  /** The answer to what a browser asks before it lets a page send a request; `methods` are those of the path. */
  preflight(request: HttpRequest, methods: string): HttpAnswer {
    const wanted = (header(request, 'access-control-request-headers') ?? '').toLowerCase().split(',');
    const granted = wanted
      .map((name) => name.trim())
      .filter((name) => this.#sent.has(name) || (name.startsWith(ARGUMENT) && TOKEN.test(name)));
    const headers = {
      'access-control-allow-methods': methods,
      'access-control-max-age': MAX_AGE,
      ...(granted.length > 0 && { 'access-control-allow-headers': granted.join(', ') }),
    };
    return this.readable(request, { status: 204, headers, body: '' });
  }

  /** An answer as a page of the request's origin can read it. */
  readable<A extends HttpAnswer>(request: HttpRequest, answer: A): A {
    const origin = header(request, 'origin');
    if (origin === undefined) return answer;
    const headers = {
      ...answer.headers,
      'access-control-allow-origin': origin,
      'access-control-expose-headers': READ,
      vary: 'Origin',
    };
    return { ...answer, headers };
  }
}

const TOKEN = /^[a-z0-9-]+$/;
