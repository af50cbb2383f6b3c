import { Context, Injectable, Tool } from 'tenon';
import { ApiClient } from './api-client.js';

@Injectable()
export class ApiTools {
  constructor(private readonly api: ApiClient) {}

  /**
   * Fetches data from the API.
   *
   * @param endpoint A path below the API's address, as in `orders/17`.
   */
  @Tool({ annotations: { readOnlyHint: true, openWorldHint: true } })
  async fetchData(endpoint: string, ctx: Context) {
    try {
      return { success: true, data: await this.api.getJson(endpoint, ctx.signal) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }
}
