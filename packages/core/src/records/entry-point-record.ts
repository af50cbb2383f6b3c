import { recordKind } from '../metadata/registry.js';

/** A kind of methods of handler classes that another package calls: its routes, its timers, its subscriptions. */
export interface EntryPointKind<R> {
  /** Names the kind, also between two copies of the package. */
  readonly name: string;
  /** As in `@Route`, for error texts. */
  readonly decorator: string;
  /** What whoever calls hands over, in order: it goes to the parameters whose source nothing else says. */
  readonly given: readonly string[];
  /** What no two methods of a server can both be, as `GET /status`. */
  keyOf(record: R): string;
}

/** What an entry point's decorator writes. */
export interface EntryPointRecord {
  readonly kind: EntryPointKind<unknown>;
  readonly of: unknown;
}

/** A method that another package calls. */
export const ENTRY_POINT = recordKind<EntryPointRecord>('entry-point');
