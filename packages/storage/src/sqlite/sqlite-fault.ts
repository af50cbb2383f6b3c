import { storeFault, tooLarge, type FaultPlace } from '../store-fault.js';

const BUSY = 5;
const FULL = 13;
const TOO_BIG = 18;
const MOST = 'a billion bytes at most';

/** A fault of SQLite in the words of a store; errors that are not SQLite's stay as they are. */
export function sqliteFault(place: FaultPlace, error: unknown): unknown {
  switch (resultOf(error)) {
    case undefined:
      return error;
    case 'SQLITE_BUSY':
    case BUSY:
      return storeFault('STORAGE_BUSY', place, error);
    case 'SQLITE_FULL':
    case FULL:
      return storeFault('STORAGE_FULL', place, error);
    case 'SQLITE_TOOBIG':
    case TOO_BIG:
      return tooLarge(place, { most: MOST });
    default:
      return storeFault('STORAGE_UNREACHABLE', place, error);
  }
}

/** The result SQLite has given: its name, or its number as node:sqlite tells it. */
function resultOf(error: unknown): string | number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown };
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') return errcode & 0xff;
  return typeof code === 'string' ? /^SQLITE_[A-Z]+/.exec(code)?.[0] : undefined;
}
