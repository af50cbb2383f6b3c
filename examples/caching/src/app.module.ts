import { McpModule, use } from 'tenon';
import {
  PromptTools,
  ResourceTools,
  ResponseCaching,
  ResponseLimiting,
  ToolInjection,
} from 'tenon/middleware';
import { Analyses } from './analyses.js';
import { AnalysisTools } from './analysis.tools.js';
import { LibraryHandlers } from './library.handlers.js';
import { openingHours } from './opening-hours.js';

@McpModule({
  name: 'laboratory',
  version: '1.0.0',
  providers: [Analyses],
  handlers: [AnalysisTools, LibraryHandlers],
  middleware: [
    use(ResponseLimiting, { maxBytes: 2000 }),
    use(ResponseCaching, { ttlSeconds: 300, cachePrompts: false }),
    use(ToolInjection, { tools: [openingHours] }),
    PromptTools,
    ResourceTools,
  ],
})
export class AppModule {}
