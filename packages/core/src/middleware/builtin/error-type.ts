import { cut } from './cut.js';

/** The name of an error: what it says of itself, else that of its class. */
export function errorType(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return typeof thrown;
  const { name } = thrown as { name?: unknown };
  if (typeof name === 'string' && name !== '' && name !== 'Error') return name;
  return thrown.constructor?.name || 'Error';
}

/** The code that Node and other libraries give an error; undefined where there is none. */
export function errorCode(thrown: unknown): string | undefined {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** What an error says, as long as a log can bear: strangers may have put words into it. */
export function errorText(thrown: unknown): string {
  const text =
    typeof thrown === 'object' && thrown !== null && 'message' in thrown
      ? String(thrown.message)
      : String(thrown);
  return cut(text, MAX_LENGTH);
}

const MAX_LENGTH = 1000;
