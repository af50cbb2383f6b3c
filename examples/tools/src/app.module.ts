import { McpModule } from 'tenon';
import { Calculator } from './calculator.js';
import { ProductSearch } from './product-search.js';
import { WebTools } from './web.tools.js';

@McpModule({ name: 'tools', version: '1.0.0', handlers: [Calculator, WebTools, ProductSearch] })
export class AppModule {}
