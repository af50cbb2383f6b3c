/** The revision spoken in each era. */
export const REVISIONS = { 2025: '2025-11-25', 2026: '2026-07-28' };

const CLIENT = { name: 'bench', version: '1.0.0' };
const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': REVISIONS[2026],
  'io.modelcontextprotocol/clientInfo': CLIENT,
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** What a 2025 client says first. */
export const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: REVISIONS[2025], capabilities: {}, clientInfo: CLIENT },
};

/** What it says when it has read the answer. */
export const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };

/** One HTTP request as text, with the headers the clients on Node send. */
export function request({ port, path = '/mcp', verb = 'POST', headers = {}, body = '' }) {
  const lines = [
    `${verb} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'connection: keep-alive',
    'accept: application/json, text/event-stream',
    'accept-language: *',
    'sec-fetch-mode: cors',
    'user-agent: node',
    'accept-encoding: gzip, deflate',
    ...(verb === 'POST' ? ['content-type: application/json', `content-length: ${body.length}`] : []),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** The headers of one message in an era. */
export function eraHeaders(era, { method, name, session }) {
  return {
    'mcp-protocol-version': REVISIONS[era],
    ...(session && { 'mcp-session-id': session }),
    ...(era === '2026' && { 'mcp-method': method, ...(name && { 'mcp-name': name }) }),
  };
}

/** Makes the n-th call of a lane: a template filled in, for building JSON would cost the runner more than sending it. */
export function callTemplate({ port, path, era, session }) {
  const { before, middle, after } = cut({ port, path, era, session }, 'tools/call', {
    name: 'add',
    arguments: { a: 100_000, b: 22 },
  });
  return (n) => {
    // Nobody asks the same twice, so a cache has never kept the answer.
    const a = sixDigits(n);
    const b = 10 + (n % 79);
    return {
      text: `${before}${a}${middle}"a":${a},"b":${b}${after}`,
      expected: `"text":"${a + b}"`,
    };
  };
}

/** Makes the n-th tools/list of a lane. */
export function listTemplate({ port, path, era, session }) {
  const { before, after } = cut({ port, path, era, session }, 'tools/list', {});
  return (n) => ({ text: `${before}${sixDigits(n)}${after}`, expected: '"name":"add"' });
}

// Numbers of one length keep the content-length of the template true.
const sixDigits = (n) => 100_000 + (n % 900_000);

function cut({ port, path, era, session }, method, params) {
  const named = era === '2026' ? { ...params, _meta: ENVELOPE } : params;
  const body = JSON.stringify({ jsonrpc: '2.0', id: 100_000, method, params: named });
  const headers = eraHeaders(era, { method, name: params.name, session });
  const [before, rest] = request({ port, path, headers, body }).split('"id":100000');
  const [middle, after] = rest.split('"a":100000,"b":22');
  return { before: `${before}"id":`, middle, after: after ?? rest };
}
