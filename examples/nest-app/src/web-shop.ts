import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from 'tenon';
import { mcp } from 'tenon/http';
import { ShopMcpModule } from './mcp.module.js';
import { nestResolver } from './nest-resolver.js';
import { ShopModule } from './shop.module.js';

/** The application of Nest, and MCP as a plugin of the Fastify below it. */
export async function createWebShop(): Promise<NestFastifyApplication> {
  const nest = await NestFactory.create<NestFastifyApplication>(ShopModule, new FastifyAdapter(), {
    logger: ['error', 'warn'],
  });
  const app = createApp(ShopMcpModule, { resolve: nestResolver(nest) });
  await nest.register(mcp(app), { prefix: '/mcp' });
  return nest;
}
