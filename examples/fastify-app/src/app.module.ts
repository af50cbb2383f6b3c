import { McpModule } from 'tenon';
import { OrderTools } from './order.tools.js';
import { OrdersLifespan } from './orders-lifespan.js';

@McpModule({ name: 'shop', version: '1.0.0', lifespans: [OrdersLifespan], handlers: [OrderTools] })
export class AppModule {}
