import { McpModule } from 'tenon';
import { NoticeTools } from './notice.tools.js';
import { RememberClient } from './remember-client.js';
import { SettingsTools } from './settings.tools.js';
import { WorkspaceTools } from './workspace.tools.js';

@McpModule({
  name: 'state',
  version: '1.0.0',
  handlers: [SettingsTools, WorkspaceTools, NoticeTools],
  middleware: [RememberClient],
})
export class AppModule {}
