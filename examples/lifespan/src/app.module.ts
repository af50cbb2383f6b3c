import { McpModule } from 'tenon';
import { Connections } from './connections.js';
import { ReportTools } from './report.tools.js';

@McpModule({ name: 'lifespan', version: '1.0.0', lifespans: [Connections], handlers: [ReportTools] })
export class AppModule {}
