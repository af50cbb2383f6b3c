import { Injectable, Lifespan, Logger } from 'tenon';
import { Orders } from './orders.js';

@Injectable()
@Lifespan(Orders)
export class OrdersLifespan {
  constructor(private readonly logger: Logger) {}

  *open() {
    this.logger.info('MCP server starting');
    yield new Orders();
    this.logger.info('MCP server stopping');
  }
}
