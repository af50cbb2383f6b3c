/** Values that somebody keeps, under keys of their own. */
export abstract class KeptState {
  /** The value under a key, also 0, '' and false; `default` where there is none. */
  abstract get<T = unknown>(key: string, options?: { readonly default?: T }): Promise<T | undefined>;
  /** Keeps a JSON value. */
  abstract set(key: string, value: unknown): Promise<void>;
  /** Forgets a value; whether there was one. */
  abstract delete(key: string): Promise<boolean>;
}
