import { Injectable, Lifespan, Logger } from 'tenon';
import { ApiClient } from './api-client.js';
import { Database } from './database.js';

/** Opened once when the server starts, not for each client; closed once when it ends. */
@Injectable()
@Lifespan({ db: Database, api: ApiClient })
export class Connections {
  constructor(private readonly logger: Logger) {}

  async *open() {
    const { DATABASE_URL: url, API_BASE_URL: baseUrl = 'http://localhost/', API_KEY } = process.env;
    if (url === undefined) throw new Error('DATABASE_URL is not set');
    const db = await Database.connect(url);
    const api = new ApiClient({
      baseUrl,
      headers: { Authorization: `Bearer ${API_KEY ?? ''}` },
      timeoutMs: 30_000,
    });
    this.logger.info('Server initialized');
    try {
      yield { db, api };
    } finally {
      await db.disconnect();
      api.close();
      this.logger.info('Server shutdown complete');
    }
  }
}
