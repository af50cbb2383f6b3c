import { McpModule } from 'tenon';
import { CopyTools } from './copy.tools.js';
import { HouseModel } from './house-model.js';
import { OrderTools } from './order.tools.js';

@McpModule({
  name: 'sampling',
  version: '1.0.0',
  providers: [HouseModel],
  handlers: [CopyTools, OrderTools],
  // For clients that have no model to lend.
  sampling: { handler: HouseModel },
})
export class AppModule {}
