import { Context, Injectable, Logger, Tool } from 'tenon';
import { ApiClient } from './api-client.js';
import { Database } from './database.js';

/** What a lifespan has opened is injected like anything else. */
@Injectable()
export class ReportTools {
  constructor(
    private readonly db: Database,
    private readonly logger: Logger,
  ) {}

  /** Queries the database over the shared connection. */
  @Tool()
  async queryDatabase(sql: string) {
    const rows = await this.db.query(sql);
    this.logger.info('Queried', { connection: this.db.number });
    return { connection: this.db.number, rows };
  }

  /** Asks the API through the shared client. */
  @Tool()
  apiRequest(endpoint: string, ctx: Context): Promise<unknown> {
    return ctx.lifespan(ApiClient).get(endpoint);
  }
}
