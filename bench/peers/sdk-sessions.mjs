import { randomUUID } from 'node:crypto';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createSdkServer } from './sdk-server.mjs';
import { listening, port } from './tools.mjs';

const transports = new Map();
const app = createMcpExpressApp();

// As in the SDK's example with sessions and JSON answers: a server and a transport for each session.
app.all('/mcp', async (req, res) => {
  const known = transports.get(req.headers['mcp-session-id']);
  const transport = known ?? (await openSession());
  await transport.handleRequest(req, res, req.body);
});

async function openSession() {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    enableJsonResponse: true,
    onsessioninitialized: (id) => transports.set(id, transport),
  });
  transport.onclose = () => transports.delete(transport.sessionId);
  await createSdkServer().connect(transport);
  return transport;
}

app.listen(port, '127.0.0.1', listening);
