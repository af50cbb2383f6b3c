import { McpModule, sessionTools } from 'tenon';
import { FavouriteTools } from './favourite.tools.js';
import { NoticeTools } from './notice.tools.js';
import { RememberClient } from './remember-client.js';
import { SettingsTools } from './settings.tools.js';
import { WorkspaceTools } from './workspace.tools.js';

@McpModule({
  name: 'state',
  version: '1.0.0',
  handlers: [SettingsTools, FavouriteTools, WorkspaceTools, NoticeTools],
  // create_session and end_session: they give the handles that the tools of workspaces take.
  components: sessionTools(),
  middleware: [RememberClient],
})
export class AppModule {}
