import { createMcpFastifyApp } from '@modelcontextprotocol/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listening, otherNames, pair, port } from './tools.mjs';

const inputSchema = z.object(pair);
const add = async ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] });

function createServer() {
  const server = new McpServer({ name: 'bench', version: '1.0.0' });
  server.registerTool('add', { description: 'Adds two numbers.', inputSchema }, add);
  for (const name of otherNames) {
    server.registerTool(name, { description: `The tool ${name}.`, inputSchema }, add);
  }
  return server;
}

const answer = toNodeHandler(createMcpHandler(createServer));
const app = createMcpFastifyApp();

app.post('/mcp', async (request, reply) => {
  reply.hijack();
  await answer(request.raw, reply.raw, request.body);
});

await app.listen({ port, host: '127.0.0.1' });
listening();
