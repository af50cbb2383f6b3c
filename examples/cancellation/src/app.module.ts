import { McpModule } from 'tenon';
import { BakeryTools } from './bakery.tools.js';
import { Oven } from './oven.js';

@McpModule({ name: 'cancellation', version: '1.0.0', providers: [Oven], handlers: [BakeryTools] })
export class AppModule {}
