import { Injectable, ReadOnly, Resource, Tool, ToolError } from 'tenon';
import { CloudConfig } from './cloud-config.js';

@Injectable()
export class ProductionTools {
  constructor(private readonly config: CloudConfig) {}

  /** Processes data. */
  @ReadOnly()
  @Tool()
  productionTool(data: string) {
    // An error, and not a result that says so: results are kept, and would be told when the key has long been there.
    if (this.config.apiKey === undefined) throw new ToolError('API_KEY not configured');
    return { status: 'success', data, processedAt: new Date().toISOString() };
  }

  /** What is configured; the values themselves are nobody's business. */
  @Resource('info://status', { cache: { ttlMs: 0 } })
  serverStatus() {
    const { apiKey, databaseUrl } = this.config;
    return { api: apiKey !== undefined, database: databaseUrl !== undefined };
  }
}
