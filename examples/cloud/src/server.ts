import { createApp, type App, type CreateOptions } from 'tenon';
import { AppModule } from './app.module.js';

/** Makes a server; a test makes its own, with stand-ins. */
export function createServer(options: CreateOptions = {}): App {
  return createApp(AppModule, options);
}

/**
 * The server, at the level of the module: where a platform that imports this file looks for it.
 *
 * Importing opens nothing. What is opened is opened when the server starts.
 */
export const app = createServer();
