import { Injectable } from '@nestjs/common';
import type { Order } from './order.js';

/** The orders of the shop: a provider of Nest, which knows nothing of MCP. */
@Injectable()
export class Orders {
  readonly #orders = new Map<string, Order>([['17', { id: '17', paid: false }]]);

  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  pay(id: string): Order | undefined {
    if (this.#orders.has(id)) this.#orders.set(id, { id, paid: true });
    return this.#orders.get(id);
  }
}
