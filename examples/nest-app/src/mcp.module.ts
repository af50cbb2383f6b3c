import { McpModule } from 'tenon';
import { OrderTools } from './order.tools.js';

@McpModule({ name: 'shop', version: '1.0.0', handlers: [OrderTools] })
export class ShopMcpModule {}
