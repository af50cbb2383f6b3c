import { McpModule } from 'tenon';
import { BookShop } from './book-shop.js';
import { CURRENCY } from './currency.js';
import { ExchangeRates } from './exchange-rates.js';
import { Quote } from './quote.js';
import { QuoteNumbers } from './quote-numbers.js';

@McpModule({
  name: 'injection',
  version: '1.0.0',
  providers: [
    QuoteNumbers,
    Quote,
    { provide: CURRENCY, useValue: 'EUR' },
    // A promise is awaited before the first client is let in.
    { provide: ExchangeRates, inject: [CURRENCY], useFactory: (base: string) => ExchangeRates.load(base) },
  ],
  handlers: [BookShop],
})
export class AppModule {}
