import { ProtocolError, RPC, type MirroredArgument } from '@tenon/core';
import { decodeHeader, saysText } from './header-value.js';
import { header, type HttpRequest } from './http-message.js';

/**
 * What is wrong with the headers in which a client repeats arguments, as -32020; nothing where they say what the arguments say.
 *
 * Where an argument is absent or null there must be no header either: something on the way has gone by it.
 */
export function parameterHeaderFault(
  request: HttpRequest,
  args: unknown,
  mirrored: readonly MirroredArgument[],
): ProtocolError | undefined {
  for (const { header: name, path } of mirrored) {
    const said = header(request, name);
    const value = valueAt(args, path);
    if (value === undefined || value === null) {
      if (said !== undefined) return mismatch(`The header ${name} stands for an argument that is not there`);
    } else if (said === undefined) return mismatch(`The header ${name} is missing`);
    else if (!says(said, value)) return mismatch(`The header ${name} does not say what the body says`);
  }
  return undefined;
}

function valueAt(args: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    args,
  );
}

/** Integers are compared as numbers: 42.0 is 42. */
function says(said: string, value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return saysText(said, value);
    case 'boolean':
      return decodeHeader(said) === String(value);
    case 'number': {
      const text = decodeHeader(said) ?? '';
      return Number.isSafeInteger(value) && /^-?\d+(\.0+)?$/.test(text) && Number(text) === value;
    }
    default:
      return false;
  }
}

function mismatch(message: string): ProtocolError {
  return new ProtocolError(RPC.headerMismatch, message);
}
