import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MCP_STRATEGY, McpController, McpStrategy, StreamableHttpTransport, Tool } from '@rekog/mcp-nest';
import { z } from 'zod';
import { listening, otherNames, pair, port } from './tools.mjs';

const parameters = z.object(pair);

// Decorators are called by hand: the peers are not compiled.
class Tools {}
decorate('add', 'Adds two numbers.');
for (const name of otherNames) decorate(name, `The tool ${name}.`);
McpController()(Tools);

function decorate(name, description) {
  const value = ({ a, b }) => ({ content: [{ type: 'text', text: String(a + b) }] });
  Object.defineProperty(Tools.prototype, name, { value, configurable: true, writable: true });
  const descriptor = Object.getOwnPropertyDescriptor(Tools.prototype, name);
  Tool({ name, description, parameters })(Tools.prototype, name, descriptor);
}

const strategy = new McpStrategy({
  name: 'bench',
  version: '1.0.0',
  logging: false,
  transports: [
    new StreamableHttpTransport({ statefulMode: process.env.SESSIONS === '1', enableJsonResponse: true }),
  ],
});

class App {}
Module({ controllers: [Tools], providers: [{ provide: MCP_STRATEGY, useValue: strategy }] })(App);

const app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
strategy.setHttpAdapter(app.getHttpAdapter());
app.connectMicroservice({ strategy });
await app.startAllMicroservices();
await app.listen(port, '127.0.0.1');
listening();
