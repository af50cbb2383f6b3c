import { Module } from '@nestjs/common';
import { Orders } from './orders.js';
import { OrdersController } from './orders.controller.js';

/** The application as it was before. */
@Module({ providers: [Orders], controllers: [OrdersController] })
export class ShopModule {}
