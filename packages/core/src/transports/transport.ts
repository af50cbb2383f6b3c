import type { Endpoint } from '../protocol/endpoint.js';

/** A way for messages to come and go, to be handed to `app.serve()`. */
export interface Transport {
  readonly name: string;
  /** Begins to serve; rejects if it cannot. */
  open(endpoint: Endpoint): Promise<Served>;
}

/** A transport that is serving. */
export interface Served {
  /** Where clients find it, where that is an address. */
  readonly url?: string;
  /** Resolves when the other side has gone for good, where there is only one. */
  readonly ended?: Promise<void>;
  /** Stops serving: what is under way is cancelled, open streams are ended. */
  close(): Promise<void>;
}
