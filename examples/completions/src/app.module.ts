import { McpModule } from 'tenon';
import { Library } from './library.js';
import { LibraryHandlers } from './library.handlers.js';

@McpModule({ name: 'completions', version: '1.0.0', providers: [Library], handlers: [LibraryHandlers] })
export class AppModule {}
