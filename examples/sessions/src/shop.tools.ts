import { Context, Injectable, Logger, OnSession, Tool } from 'tenon';
import { Basket } from './basket.js';

@Injectable()
export class ShopTools {
  constructor(private readonly logger: Logger) {}

  /** Runs once for each session, before its first answer; what it throws refuses the session. */
  @OnSession()
  welcome(ctx: Context): void {
    const { info } = ctx.client;
    if (info?.name === 'scraper') throw new Error('This shop is for people');
    this.logger.info('Somebody enters', { client: info?.name });
  }

  /** Puts something into the basket, and says what is in it. */
  @Tool()
  add(item: string, basket: Basket): readonly string[] {
    return basket.add(item);
  }
}
