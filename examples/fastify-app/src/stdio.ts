import { bootstrap } from 'tenon';
import { AppModule } from './app.module.js';

// The same server without the web application, for a client that starts it itself.
await bootstrap(AppModule);
