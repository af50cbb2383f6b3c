/** How an API is reached. */
export interface ApiOptions {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** A client of one HTTP API. */
export class ApiClient {
  readonly #closed = new AbortController();

  constructor(private readonly options: ApiOptions) {}

  async get(endpoint: string): Promise<unknown> {
    const { baseUrl, headers, timeoutMs } = this.options;
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(new URL(endpoint, baseUrl), { headers, signal });
    return response.json();
  }

  /** Gives up what is under way. */
  close(): void {
    this.#closed.abort(new Error('The client is closed'));
  }
}
