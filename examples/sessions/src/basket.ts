import { Injectable, Logger, type OnClose } from 'tenon';

/**
 * What one client has put into its basket: one for each session, closed when the session ends.
 *
 * Without sessions there is one for each message; `sessionless: 'principal'` would make it one for each authenticated caller.
 */
@Injectable({ lifetime: 'session' })
export class Basket implements OnClose {
  readonly #items: string[] = [];

  constructor(private readonly logger: Logger) {}

  add(item: string): readonly string[] {
    this.#items.push(item);
    return this.#items;
  }

  onClose(): void {
    this.logger.info('A basket is left behind', { items: this.#items });
  }
}
