import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import type { Order } from './order.js';
import { Orders } from './orders.js';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Get(':id')
  one(@Param('id') id: string): Order {
    const order = this.orders.find(id);
    if (!order) throw new NotFoundException('No such order');
    return order;
  }
}
