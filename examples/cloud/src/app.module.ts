import { ConfigModule, McpModule, use } from 'tenon';
import { ErrorHandling, Logging, RateLimit, ResponseCaching, Timing } from 'tenon/middleware';
import { CloudConfig } from './cloud-config.js';
import { ProductionTools } from './production.tools.js';
import { storage } from './storage.js';

@McpModule({
  name: 'production-server',
  version: '1.0.0',
  imports: [ConfigModule.forRoot(CloudConfig)],
  handlers: [ProductionTools],
  storage,
  // The first is outermost: it hears of what all others do. What the cache answers has been counted before.
  middleware: [
    ErrorHandling,
    Timing,
    use(Logging, { level: 'info' }),
    use(RateLimit, {
      maxRequests: 100,
      windowSeconds: 60,
      algorithm: 'token_bucket',
      shared: { name: 'requests' },
    }),
    use(ResponseCaching, { ttlSeconds: 300 }),
  ],
})
export class AppModule {}
