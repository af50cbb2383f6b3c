import { McpModule, use } from 'tenon';
import { ErrorHandling, Logging, Timing } from 'tenon/middleware';
import { requests } from './limits.js';
import { TelescopeTools } from './telescope.tools.js';

@McpModule({
  name: 'observatory',
  version: '1.0.0',
  handlers: [TelescopeTools],
  middleware: [ErrorHandling, Timing, use(Logging, { level: 'info' }), requests],
})
export class AppModule {}
