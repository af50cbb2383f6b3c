import { app } from './server.js';

await app.run();
