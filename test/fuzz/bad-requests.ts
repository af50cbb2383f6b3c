import { badMessage } from './bad-messages.js';
import type { Random } from './random.js';

/** An HTTP request that a client of Node can send. */
export interface BadRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const ODD = [
  '',
  ' ',
  'x',
  'null',
  '2026-07-28',
  '2025-11-25',
  '1999-01-01',
  '=?base64?***?=',
  '=?base64?eA==?=',
  '../../etc/passwd',
  'x'.repeat(3000),
  '\u00fc',
  '"',
  'a, b',
];

const OTHERS: readonly (readonly [string, readonly string[]])[] = [
  [
    'content-type',
    ['text/plain', '', 'application/json; charset=x', 'APPLICATION/JSON', 'application/jsonx'],
  ],
  ['accept', ['text/html', '', '*/*', 'text/event-stream', 'application/json']],
  ['content-encoding', ['gzip', 'identity', 'br']],
  ['origin', ['https://evil.example', 'null', 'http://localhost']],
  ['host', ['evil.example', 'localhost', '', 'localhost:evil']],
  ['last-event-id', ['x', '0', 'server-1']],
  ['authorization', ['Bearer x', 'x']],
  ['traceparent', ['x', '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01']],
];

const ROUTING = ['mcp-protocol-version', 'mcp-method', 'mcp-name', 'mcp-session-id', 'mcp-param-region'];

/** A request with a bad message, or bad headers around it. */
export function badRequest(random: Random, session: string): BadRequest {
  const text = badMessage(random);
  const body = Buffer.from(text);
  if (body.length > 0 && random.chance(0.03))
    body[random.below(body.length)] = random.pick([0xff, 0x00, 0xc3, 0x80]);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...headersFor(text, session, random),
  };
  if (random.chance(0.15)) headers[random.pick(ROUTING)] = random.pick(ODD);
  if (random.chance(0.1)) {
    const [name, values] = random.pick(OTHERS);
    headers[name] = random.pick(values);
  }
  return {
    method: random.chance(0.05) ? random.pick(['GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS']) : 'POST',
    headers,
    body,
  };
}

/** The headers a message of its era has, as far as it can be read. */
function headersFor(text: string, session: string, random: Random): Record<string, string> {
  const version = /protocolVersion":"([\x21-\x7e]{1,20}?)"/.exec(text)?.[1];
  const modern = text.includes('io.modelcontextprotocol/protocolVersion');
  if (!modern) return random.chance(0.8) ? { 'mcp-session-id': session } : {};
  const method = /"method":"([\x21-\x7e]{1,99}?)"/.exec(text)?.[1];
  const name = /"(?:name|uri)":"([\x21-\x7e]{1,99}?)"/.exec(text)?.[1];
  return {
    'mcp-protocol-version': version ?? '2026-07-28',
    ...(method !== undefined && { 'mcp-method': method }),
    ...(name !== undefined && { 'mcp-name': name }),
  };
}

/** Bytes that are no request, or half of one. */
export function badFrame(random: Random): string {
  const body = badMessage(random).slice(0, 500);
  const head = `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  return random.pick([
    `${head}Content-Length: ${body.length + 50}\r\n\r\n${body}`,
    `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n${body}`,
    `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n${body}\r\n0\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n${body}`,
    `${head}Content-Length: -1\r\n\r\n${body}`,
    `${head}X: ${'x'.repeat(20_000)}\r\n\r\n`,
    `${head}Bad Header : x\r\n\r\n`,
    `${head}X: a\u0000b\r\n\r\n`,
    `POST http://evil/mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}`,
    `POST /mcp HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}`,
    `POST /mcp HTTP/9.9\r\n\r\n`,
    `POST /mcp HTTP/1.1\n\n`,
    `GET /mcp HTTP/1.1\r\n\r\n`,
    `${body}\r\n\r\n`,
    `\u0016\u0003\u0001\u0002\u0000\u0001`,
    `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
  ]);
}
