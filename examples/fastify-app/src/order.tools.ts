import { Injectable, Tool, ToolError } from 'tenon';
import { Orders, type Order } from './orders.js';

@Injectable()
export class OrderTools {
  constructor(private readonly orders: Orders) {}

  /** Marks an order as paid. */
  @Tool()
  payOrder(id: string): Order {
    const order = this.orders.pay(id);
    if (!order) throw new ToolError(`There is no order ${id}`);
    return order;
  }
}
