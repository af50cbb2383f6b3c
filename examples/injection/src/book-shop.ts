import { Inject, Injectable, Tool, ToolError } from 'tenon';
import { CURRENCY } from './currency.js';
import { ExchangeRates } from './exchange-rates.js';
import { Quote } from './quote.js';

const PRICES = new Map([
  ['Emma', 12],
  ['Solaris', 16],
]);

@Injectable()
export class BookShop {
  /** What lives as long as the server is asked for here. */
  constructor(
    private readonly rates: ExchangeRates,
    @Inject(CURRENCY) private readonly currency: string,
  ) {}

  /**
   * Quotes the prices of books.
   *
   * @param first The title of a book.
   * @param second The title of another.
   */
  @Tool()
  quote(first: string, second: string, quote: Quote): string {
    // What lives as long as the call is a parameter: the model sees nothing of it.
    for (const title of [first, second]) quote.add(`${title}: ${this.#priceOf(title)} ${this.currency}`);
    return quote.toString();
  }

  /** Says what a book costs in another currency. */
  @Tool()
  convert(title: string, currency: string): string {
    const rate = this.rates.find(currency);
    if (rate === undefined) throw new ToolError(`We take no ${currency}`);
    return `${(this.#priceOf(title) * rate).toFixed(2)} ${currency}`;
  }

  #priceOf(title: string): number {
    const price = PRICES.get(title);
    if (price === undefined) throw new ToolError(`We do not have ${title}`);
    return price;
  }
}
