import { fileURLToPath } from 'node:url';
import { directoryResource, McpModule } from 'tenon';
import { CompanyDirectory } from './company-directory.js';
import { DirectoryResources } from './directory.resources.js';
import { ServerResources } from './server.resources.js';

const HANDBOOK = fileURLToPath(new URL('../assets/handbook', import.meta.url));

@McpModule({
  name: 'resources',
  version: '1.0.0',
  providers: [CompanyDirectory],
  handlers: [ServerResources, DirectoryResources],
  // handbook://pages lists the files of the folder, handbook://pages/leave.md is one of them.
  components: directoryResource({ name: 'handbook', uri: 'handbook://pages', path: HANDBOOK }),
})
export class AppModule {}
