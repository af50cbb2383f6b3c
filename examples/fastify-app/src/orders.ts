/** An order of the shop. */
export interface Order {
  readonly id: string;
  readonly paid: boolean;
}

/** The orders of the shop, for web pages and models alike. */
export class Orders {
  readonly #orders = new Map<string, Order>([['17', { id: '17', paid: false }]]);

  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  pay(id: string): Order | undefined {
    const order = this.#orders.get(id);
    if (order) this.#orders.set(id, { ...order, paid: true });
    return this.#orders.get(id);
  }
}
