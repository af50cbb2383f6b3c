/** Why a message was refused before it reached a method; decides the status over HTTP. */
export type Refusal = 'malformed' | 'unknown-method' | 'unavailable' | 'internal';

/** What came of a message. */
export type Outcome =
  | { readonly is: 'result'; readonly value: object }
  /** A result whose text was made at boot. */
  | { readonly is: 'json'; readonly text: string }
  | {
      readonly is: 'error';
      readonly code: number;
      readonly message: string;
      readonly data?: unknown;
      readonly refusal?: Refusal;
      readonly retryAfterMs?: number;
    }
  /** Nothing is to be sent: a notification, or a request that was cancelled. */
  | { readonly is: 'none' };

/** The outcome of what is not answered. */
export const NONE: Outcome = { is: 'none' };
