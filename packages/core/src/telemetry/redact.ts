/** Names of fields whose values are secrets, in lower case. */
const SECRETS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'apikey',
  'api_key',
  'x-api-key',
]);
/** Deeper than anybody reads a log. */
const MAX_DEPTH = 8;

/** The fields of a log line with every secret in them struck out, however deep it stands. */
export function redact(value: unknown, depth = MAX_DEPTH): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date || value instanceof Uint8Array) return value;
  if (depth === 0) return '[…]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth - 1));
  if (value instanceof Error) return redact(plainError(value), depth);
  return redactMembers(value as Readonly<Record<string, unknown>>, depth);
}

/** A copy only where there is something to strike out: most lines have nothing. */
function redactMembers(value: Readonly<Record<string, unknown>>, depth: number): object {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(value)) {
    const member = value[name];
    const kept = SECRETS.has(name.toLowerCase()) ? '[secret]' : redact(member, depth - 1);
    if (kept === member) continue;
    copy ??= { ...value };
    copy[name] = kept;
  }
  return copy ?? value;
}

/** An error with its own fields and all its causes, as a log keeps it. */
function plainError(error: Error): object {
  const { name, message, stack, cause } = error;
  const errors = error instanceof AggregateError ? { errors: error.errors as unknown[] } : {};
  return {
    ...Object.fromEntries(Object.entries(error)),
    type: name,
    message,
    stack,
    ...errors,
    ...(cause !== undefined && { cause }),
  };
}
