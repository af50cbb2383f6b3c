import { McpModule } from 'tenon';
import { CompanyDirectory } from './company-directory.js';
import { DirectoryResources } from './directory.resources.js';
import { ServerResources } from './server.resources.js';

@McpModule({
  name: 'resources',
  version: '1.0.0',
  providers: [CompanyDirectory],
  handlers: [ServerResources, DirectoryResources],
})
export class AppModule {}
