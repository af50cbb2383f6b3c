import { McpModule } from 'tenon';
import { DocsFolder } from './docs-folder.js';
import { DocsLifespan } from './docs-lifespan.js';
import { DocsTools } from './docs.tools.js';
import { SearchLog } from './search-log.js';

@McpModule({
  name: 'docs-server',
  version: '1.0.0',
  instructions: 'Search the documentation with search_docs before you answer a question about it.',
  lifespans: [DocsLifespan],
  providers: [DocsFolder, SearchLog],
  handlers: [DocsTools],
})
export class AppModule {}
