/** How the API is reached. */
export interface ApiClientOptions {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long one request may take. */
  readonly timeoutMs: number;
}

/** The API has answered with a status that is no success. */
export class HttpStatusError extends Error {
  override readonly name = 'HttpStatusError';

  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** A client of one HTTP API, to be used by every call. */
export class ApiClient {
  readonly #closed = new AbortController();

  constructor(private readonly options: ApiClientOptions) {}

  /** The JSON at an endpoint; given up when `signal` aborts, when it takes too long, or when the client is closed. */
  async getJson(endpoint: string, signal: AbortSignal): Promise<unknown> {
    const { headers, timeoutMs } = this.options;
    const response = await fetch(this.#urlOf(endpoint), {
      headers,
      signal: AbortSignal.any([signal, this.#closed.signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (!response.ok) throw new HttpStatusError(response.status);
    return response.json();
  }

  close(): void {
    this.#closed.abort(new Error('The client is closed'));
  }

  /** An endpoint may not lead elsewhere: the bearer token belongs to this API alone. */
  #urlOf(endpoint: string): URL {
    const base = new URL(this.options.baseUrl);
    const url = new URL(endpoint, base);
    if (url.origin !== base.origin) throw new Error(`${endpoint} is not on ${base.origin}`);
    return url;
  }
}
