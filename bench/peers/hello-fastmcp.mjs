import { FastMCP } from 'fastmcp';
import { z } from 'zod';

const silent = { debug() {}, error() {}, info() {}, log() {}, warn() {} };
const server = new FastMCP({ name: 'hello', version: '1.0.0', logger: silent });
server.addTool({
  name: 'hello',
  description: 'Greets someone.',
  parameters: z.object({ name: z.string() }),
  execute: async ({ name }) => `Hello, ${name}!`,
});
await server.start({ transportType: 'stdio' });
