import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

const server = new McpServer({ name: 'hello', version: '1.0.0' });
const inputSchema = { name: z.string() };
server.registerTool('hello', { description: 'Greets someone.', inputSchema }, async ({ name }) => ({
  content: [{ type: 'text', text: `Hello, ${name}!` }],
}));
await server.connect(new StdioServerTransport());
