import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createSdkServer } from './sdk-server.mjs';
import { listening, port } from './tools.mjs';

const app = createMcpExpressApp();

// As in the SDK's stateless example: a server and a transport for each request.
app.post('/mcp', async (req, res) => {
  const server = createSdkServer();
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    enableJsonResponse: true,
  });
  res.on('close', () => {
    void transport.close();
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(req, res, req.body);
});

app.listen(port, '127.0.0.1', listening);
