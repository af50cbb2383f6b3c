import { McpModule } from 'tenon';
import { ApiLifespan } from './api-lifespan.js';
import { ApiTools } from './api.tools.js';

@McpModule({ name: 'api-client', version: '1.0.0', lifespans: [ApiLifespan], handlers: [ApiTools] })
export class AppModule {}
