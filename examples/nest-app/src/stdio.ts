import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { createApp } from 'tenon';
import { ShopMcpModule } from './mcp.module.js';
import { nestResolver } from './nest-resolver.js';
import { ShopModule } from './shop.module.js';

// The same server for a client that starts it itself: Nest's container without its routes.
const nest = await NestFactory.createApplicationContext(ShopModule, { logger: false });
await createApp(ShopMcpModule, { resolve: nestResolver(nest) }).run();
await nest.close();
