import { McpModule } from 'tenon';
import { HelloTools } from './hello.tools.js';

@McpModule({ name: 'hello', version: '1.0.0', handlers: [HelloTools] })
export class AppModule {}
