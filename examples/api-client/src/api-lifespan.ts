import { Lifespan } from 'tenon';
import { ApiClient } from './api-client.js';

/** The client is opened when the server starts, so that calls share its connections. */
@Lifespan(ApiClient)
export class ApiLifespan {
  *open() {
    const { API_BASE_URL: baseUrl, API_KEY: key } = process.env;
    if (!baseUrl || !key) throw new Error('Set API_BASE_URL and API_KEY');
    const client = new ApiClient({
      baseUrl,
      headers: { Authorization: `Bearer ${key}` },
      timeoutMs: 30_000,
    });
    try {
      yield client;
    } finally {
      client.close();
    }
  }
}
