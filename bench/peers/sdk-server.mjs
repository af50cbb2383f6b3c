import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { otherNames, pair } from './tools.mjs';

const add = async ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] });

/** A server of the official SDK, 1.x, with `add` and the tools beside it. */
export function createSdkServer() {
  const server = new McpServer({ name: 'bench', version: '1.0.0' });
  server.registerTool('add', { description: 'Adds two numbers.', inputSchema: pair }, add);
  for (const name of otherNames) {
    server.registerTool(name, { description: `The tool ${name}.`, inputSchema: pair }, add);
  }
  return server;
}
