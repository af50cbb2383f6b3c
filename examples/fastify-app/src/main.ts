import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createWebShop } from './web-shop.js';

const { port } = parseArgs({ strict: false, options: { port: { type: 'string', default: '3000' } } }).values;
const fastify = createWebShop();
const url = await fastify.listen({ host: '127.0.0.1', port: Number(port) });
console.error(`The shop is open at ${url} and serves MCP at ${url}/mcp`);
await once(process, 'SIGTERM');
await fastify.close();
