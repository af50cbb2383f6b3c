import type { Params } from '../../mcp/message.js';
import { cut } from './cut.js';
import { errorText } from './error-type.js';

/** Names of fields that carry what nobody else may have: as they end, however their words are put together. */
const SECRET =
  /(authorization|cookie|passw(or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|credentials?)$/i;

/** How much of a payload is written, and what of it is not. */
export interface PayloadLimits {
  readonly maxLength: number;
  /** Further names of fields whose values are struck out, in lower case. */
  readonly redact: ReadonlySet<string>;
}

/** A payload as a log has it: secrets struck out, cut where it gets long, and never an error. */
export function payloadText(params: Params, limits: PayloadLimits): string {
  const { maxLength } = limits;
  let left = maxLength;
  const replace = (name: string, value: unknown): unknown => {
    // What comes after the cut is not even looked at.
    if (left <= 0) return undefined;
    left -= name.length;
    if (SECRET.test(name) || limits.redact.has(name.toLowerCase())) return '[secret]';
    if (typeof value === 'bigint') return String(value);
    left -= typeof value === 'string' ? value.length : 1;
    return typeof value === 'string' && value.length > maxLength ? value.slice(0, maxLength) : value;
  };
  return cut(jsonText(params, replace), maxLength);
}

/** How long a payload is as JSON, in characters; undefined where it is none. */
export function payloadLength(params: Params): number | undefined {
  try {
    return JSON.stringify(params).length;
  } catch {
    return undefined;
  }
}

function jsonText(params: Params, replace: (name: string, value: unknown) => unknown): string {
  try {
    return JSON.stringify(params, replace);
  } catch (error) {
    return `[no JSON: ${errorText(error)}]`;
  }
}
