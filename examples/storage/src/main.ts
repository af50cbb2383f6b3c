import { bootstrap } from 'tenon';
import { AppModule } from './app.module.js';

await bootstrap(AppModule);
