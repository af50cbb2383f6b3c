import { McpModule, type DynamicModule } from 'tenon';
import { CURRENCY } from './currency.js';
import { ExchangeRates } from './exchange-rates.js';

/** Money of several countries, for the modules that import it. */
@McpModule({
  providers: [
    // A promise is awaited before the first client is let in.
    { provide: ExchangeRates, inject: [CURRENCY], useFactory: (base: string) => ExchangeRates.load(base) },
  ],
  exports: [CURRENCY, ExchangeRates],
})
export class ExchangeModule {
  /** The module, with the currency that prices are in. */
  static forRoot(currency: string): DynamicModule {
    return { module: ExchangeModule, providers: [{ provide: CURRENCY, useValue: currency }] };
  }
}
