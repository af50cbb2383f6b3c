import { FastMCP } from 'fastmcp';
import { z } from 'zod';
import { listening, otherNames, pair, port } from './tools.mjs';

const parameters = z.object(pair);
const execute = async ({ a, b }) => String(a + b);
const silent = { debug() {}, error() {}, info() {}, log() {}, warn() {} };

const server = new FastMCP({ name: 'bench', version: '1.0.0', logger: silent });
server.addTool({ name: 'add', description: 'Adds two numbers.', parameters, execute });
for (const name of otherNames) {
  server.addTool({ name, description: `The tool ${name}.`, parameters, execute });
}

await server.start({
  transportType: 'httpStream',
  httpStream: {
    port,
    host: '127.0.0.1',
    endpoint: '/mcp',
    enableJsonResponse: true,
    stateless: process.env.SESSIONS !== '1',
  },
});
listening();
