import { Injectable, Tool, ToolError } from 'tenon';
import type { Order } from './order.js';
import { Orders } from './orders.js';

@Injectable()
export class OrderTools {
  /** No module of this server provides Orders: the application does. */
  constructor(private readonly orders: Orders) {}

  /** Marks an order as paid. */
  @Tool()
  payOrder(id: string): Order {
    const order = this.orders.pay(id);
    if (!order) throw new ToolError(`There is no order ${id}`);
    return order;
  }
}
