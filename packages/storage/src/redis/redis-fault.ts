import { storeFault } from '../store-fault.js';

/** The first word of what Redis answers, where the world is at fault and not who asks. */
const FAULTS = new Map([
  ['BUSY', 'STORAGE_BUSY'],
  ['TRYAGAIN', 'STORAGE_BUSY'],
  ['OOM', 'STORAGE_FULL'],
  ['CLUSTERDOWN', 'STORAGE_UNREACHABLE'],
  ['LOADING', 'STORAGE_UNREACHABLE'],
  ['MASTERDOWN', 'STORAGE_UNREACHABLE'],
  ['MISCONF', 'STORAGE_UNREACHABLE'],
  ['MOVED', 'STORAGE_UNREACHABLE'],
  ['NOAUTH', 'STORAGE_UNREACHABLE'],
  ['NOPERM', 'STORAGE_UNREACHABLE'],
  ['NOREPLICAS', 'STORAGE_UNREACHABLE'],
  ['READONLY', 'STORAGE_UNREACHABLE'],
] as const);

/** What has failed in the words of a store; an answer about the command itself stays as it is. */
export function redisFault(store: string, error: unknown): unknown {
  const cause = withoutCommand(error);
  if (!isAnswer(cause)) return storeFault('STORAGE_UNREACHABLE', { store }, cause);
  const word = /^[A-Z]+/.exec(cause.message)?.[0] ?? '';
  const code = (FAULTS as ReadonlyMap<string, Parameters<typeof storeFault>[0]>).get(word);
  return code ? storeFault(code, { store }, cause) : cause;
}

/** Whether Redis has answered at all. */
export function isAnswer(error: unknown): error is Error {
  return (error as { readonly name?: unknown } | undefined)?.name === 'ReplyError';
}

/** An error of ioredis without what was sent: it holds values and, from the beginning of a connection, the password. */
export function withoutCommand(error: unknown): unknown {
  if (typeof error === 'object' && error !== null) delete (error as { command?: unknown }).command;
  return error;
}
