import { McpModule } from 'tenon';
import { ImportTools } from './import.tools.js';
import { Inbox } from './inbox.js';

@McpModule({ name: 'progress', version: '1.0.0', providers: [Inbox], handlers: [ImportTools] })
export class AppModule {}
