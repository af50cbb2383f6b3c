import { McpModule } from 'tenon';
import { RailwayTools } from './railway.tools.js';

@McpModule({ name: 'structured-output', version: '1.0.0', handlers: [RailwayTools] })
export class AppModule {}
