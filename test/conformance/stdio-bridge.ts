/**
 * An HTTP front for the fixture over stdio, because the suite speaks HTTP only.
 *
 *     node test/conformance/dist/stdio-bridge.js --port N
 *
 * An HTTP session of the 2025 revisions is one process; all of 2026-07-28 shares another. The bridge only forwards: headers and
 * HTTP status codes are not its business, so scenarios about those say nothing here. It answers nobody but this machine, though:
 * what starts processes on a port must not do so for a page in a browser.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { StdioChild, type Message } from './stdio-child.js';

const SESSION = 'mcp-session-id';
const VERSION = 'io.modelcontextprotocol/protocolVersion';
/** The suite opens a session a scenario and does not close it; those it has left are ended. */
const MAX_SESSIONS = 4;

const { values } = parseArgs({ options: { port: { type: 'string', default: '8000' } } });
const sessions = new Map<string, StdioChild>();
const sessionless = new StdioChild();

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
}).listen(Number(values.port), '127.0.0.1');

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host = '', origin } = request.headers;
  if (![`http://${host}`, ...(origin === undefined ? [] : [origin])].every(isLocal)) {
    response.writeHead(403).end();
    return;
  }
  const session = request.headers[SESSION];
  const child = typeof session === 'string' ? sessions.get(session) : undefined;
  if (session !== undefined && !child) response.writeHead(404).end();
  else if (request.method === 'POST') forward(JSON.parse(await text(request)) as Message, response, child);
  else if (!child) response.writeHead(405).end();
  else if (request.method === 'DELETE') close(String(session), response);
  else listen(child, response);
}

function isLocal(url: string): boolean {
  return URL.canParse(url) && ['localhost', '127.0.0.1'].includes(new URL(url).hostname);
}

function forward(message: Message, response: ServerResponse, known: StdioChild | undefined): void {
  const child = known ?? (isLegacyStart(message) ? openSession(response) : sessionless);
  if (message.method === undefined || message.id === undefined) {
    child.tell(message);
    response.writeHead(202).end();
    return;
  }
  const giveUp = child.ask(message, {
    tell(each) {
      writeEvent(response, each);
    },
    settle(last) {
      if (!response.headersSent) {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(last));
        return;
      }
      writeEvent(response, last);
      response.end();
    },
  });
  // Leaving cancels on the sessionless revision only.
  if (child === sessionless) response.once('close', giveUp);
}

function isLegacyStart({ method, params }: Message): boolean {
  return method === 'initialize' && params?._meta?.[VERSION] === undefined;
}

function openSession(response: ServerResponse): StdioChild {
  for (const [id, child] of [...sessions].slice(0, sessions.size - MAX_SESSIONS + 1)) {
    child.end();
    sessions.delete(id);
  }
  const id = randomUUID();
  const child = new StdioChild();
  sessions.set(id, child);
  response.setHeader(SESSION, id);
  return child;
}

function close(id: string, response: ServerResponse): void {
  sessions.get(id)?.end();
  sessions.delete(id);
  response.writeHead(200).end();
}

function listen(child: StdioChild, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  child.listener = (message) => {
    writeEvent(response, message);
  };
}

function writeEvent(response: ServerResponse, message: Message): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
}
