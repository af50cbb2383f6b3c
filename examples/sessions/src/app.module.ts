import { McpModule } from 'tenon';
import { Basket } from './basket.js';
import { ShopTools } from './shop.tools.js';

@McpModule({ name: 'sessions', version: '1.0.0', providers: [Basket], handlers: [ShopTools] })
export class AppModule {}
