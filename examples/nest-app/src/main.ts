import 'reflect-metadata';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createWebShop } from './web-shop.js';

const { port } = parseArgs({ strict: false, options: { port: { type: 'string', default: '3000' } } }).values;
const nest = await createWebShop();
await nest.listen(Number(port), '127.0.0.1');
const url = await nest.getUrl();
console.error(`The shop is open at ${url} and serves MCP at ${url}/mcp`);
await once(process, 'SIGTERM');
await nest.close();
