import { McpModule } from 'tenon';
import { BookShop } from './book-shop.js';
import { ExchangeModule } from './exchange.module.js';
import { Quote } from './quote.js';
import { QuoteNumbers } from './quote-numbers.js';

@McpModule({
  name: 'injection',
  version: '1.0.0',
  imports: [ExchangeModule.forRoot('EUR')],
  providers: [QuoteNumbers, Quote],
  handlers: [BookShop],
})
export class AppModule {}
