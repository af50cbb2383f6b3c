import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { answerProblem } from './answer-problem.js';
import { badFrame, badRequest, type BadRequest } from './bad-requests.js';
import { FixtureProcess } from './fixture-process.js';
import { FuzzReport } from './fuzz-report.js';
import { Random } from './random.js';

/** So long a stream is read before its client leaves, in milliseconds. */
const PATIENCE_MS = 200;
const AT_ONCE = 32;

/** Sends bad requests and bad frames, and looks at every answer. */
export async function fuzzHttp(script: string, of: { count: number; seed: number }): Promise<FuzzReport> {
  const fixture = new FixtureProcess(script, ['--transport', 'http', '--port', '0']);
  const url = new URL(await fixture.says(/serves MCP at (\S+)/));
  const run = new HttpRun(url, new FuzzReport());
  await run.openSession();
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < of.count && fixture.alive) {
      const random = new Random(of.seed + next++);
      if (random.chance(0.05)) await run.sendFrame(badFrame(random));
      else await run.sendRequest(badRequest(random, run.session));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  if (fixture.alive) await run.checkAlive();
  else run.report.fail(`the server has ended: ${fixture.log.slice(-1000)}`, `seed ${of.seed + next}`);
  run.close();
  await fixture.stop();
  return run.report;
}

class HttpRun {
  readonly report: FuzzReport;
  session = '';
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

  constructor(url: URL, report: FuzzReport) {
    this.#url = url;
    this.report = report;
  }

  async openSession(): Promise<void> {
    const initialize = {
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'fuzz', version: '1' } },
    };
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const { response } = await this.#exchange({
      method: 'POST',
      headers,
      body: Buffer.from(JSON.stringify(initialize)),
    });
    this.session = String(response.headers['mcp-session-id']);
  }

  async sendRequest(bad: BadRequest): Promise<void> {
    const input = `${bad.method} ${JSON.stringify(bad.headers)} ${bad.body.toString('latin1')}`;
    try {
      const { response, text } = await this.#exchange(bad);
      const { statusCode = 0, headers } = response;
      this.report.count(String(statusCode));
      const busy = statusCode === 503 && headers['retry-after'] !== undefined;
      if (statusCode >= 500 && !busy) this.report.fail(`${statusCode} ${text.slice(0, 200)}`, input);
      this.#checkBody(headers['content-type'] ?? '', text, input);
      // A session that was ended on purpose is followed by another.
      if (bad.method === 'DELETE' && statusCode === 204) await this.openSession();
    } catch (error) {
      // A body that is cut off, or refused before it is read, may end the connection.
      this.report.count(String((error as { code?: unknown }).code));
      if (!['ECONNRESET', 'EPIPE'].includes(String((error as { code?: unknown }).code)))
        this.report.fail(String(error), input);
    }
  }

  /** Sends bytes as they are, and leaves when nothing comes back. */
  async sendFrame(frame: string): Promise<void> {
    const socket = connect(Number(this.#url.port), this.#url.hostname);
    let answer = '';
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.once('close', () => {
        resolve();
      });
      socket.setTimeout(PATIENCE_MS, () => socket.destroy());
      socket.write(Buffer.from(frame, 'latin1'));
    });
    const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(head) ?? [];
    this.report.count(`frame ${status ?? 'without an answer'}`);
    if (status === undefined) return;
    if (Number(status) >= 500) this.report.fail(head, frame);
    const type = /content-type: ([^\r]+)/i.exec(head)?.[1] ?? '';
    if (!/transfer-encoding/i.test(head))
      this.#checkBody(type, Buffer.from(body, 'latin1').toString(), frame);
  }

  /** Whether a good request still has a good answer. */
  async checkAlive(): Promise<void> {
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const headers = {
      'content-type': 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/list',
    };
    const body = { jsonrpc: '2.0', id: 'alive', method: 'tools/list', params: { _meta: meta } };
    const { response, text } = await this.#exchange({
      method: 'POST',
      headers,
      body: Buffer.from(JSON.stringify(body)),
    });
    if (response.statusCode !== 200 || !text.includes('test_simple_text'))
      this.report.fail(
        `a good request is answered with ${String(response.statusCode)} ${text.slice(0, 200)}`,
        '',
      );
  }

  close(): void {
    this.#agent.destroy();
  }

  #checkBody(type: string, text: string, input: string): void {
    if (text === '') return;
    const stream = type.startsWith('text/event-stream');
    const texts = stream
      ? text.split('\n').flatMap((line) => (/^data: ./.test(line) ? [line.slice('data: '.length)] : []))
      : [text];
    for (const each of texts) {
      const problem = answerProblem(each);
      if (problem !== undefined) this.report.fail(`${problem}: ${each.slice(0, 300)}`, input);
    }
  }

  #exchange({ method, headers, body }: BadRequest): Promise<{ response: IncomingMessage; text: string }> {
    return new Promise((resolve, reject) => {
      const bare = method === 'GET' || method === 'DELETE' || method === 'OPTIONS';
      const length = bare ? {} : { 'content-length': String(body.length) };
      const sent = request(
        this.#url,
        { method, headers: { ...headers, ...length }, agent: this.#agent },
        (response) => {
          let text = '';
          const done = (): void => {
            clearTimeout(patience);
            // Only whole events count: the last may be cut off by leaving.
            resolve({
              response,
              text: isStream(response) ? text.slice(0, text.lastIndexOf('\n\n') + 1) : text,
            });
          };
          const patience = setTimeout(() => {
            done();
            sent.destroy();
          }, PATIENCE_MS);
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.once('end', done);
          response.once('error', done);
        },
      );
      sent.once('error', reject);
      sent.setTimeout(10_000, () => sent.destroy(new Error('no answer within 10 s')));
      sent.end(bare ? undefined : body);
    });
  }
}

function isStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true;
}
