import { FrameworkError } from '../errors/framework-error.js';
import type { JsonSchema } from './schema.js';
import { walkSubschemas, type Subschema } from './subschema-walk.js';

/** The keyword that names the header. */
export const MIRRORED = 'x-mcp-header';

/** An argument that clients repeat in an HTTP header, so that what stands between can route by it. */
export interface MirroredArgument {
  /** Name of the header, in lower case. */
  readonly header: string;
  /** The properties that lead to the value, one inside the other. */
  readonly path: readonly string[];
}

/**
 * The arguments of a tool that clients repeat in headers. Clients drop a tool that has one of them wrong, so they are checked.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
 * @throws {FrameworkError} ERR_TOOL_HEADER
 */
export function mirroredArguments(json: JsonSchema, method: string): readonly MirroredArgument[] {
  // Most have none, which their text shows soonest.
  if (!JSON.stringify(json).includes(MIRRORED)) return [];
  const mirrored = new Map<string, MirroredArgument>();
  for (const each of walkSubschemas(json)) {
    if (!(MIRRORED in each.schema)) continue;
    const wrong = wrongWith(each) ?? (mirrored.has(headerOf(each)) ? TWICE : undefined);
    if (wrong) throw refusal(each, method, wrong);
    mirrored.set(headerOf(each), { header: headerOf(each), path: each.path });
  }
  return [...mirrored.values()];
}

/**
 * Refuses headers on the arguments of what is no tool: nobody would send them.
 *
 * @throws {FrameworkError} ERR_TOOL_HEADER
 */
export function refuseMirrored(
  json: JsonSchema,
  method: string,
  why = 'only the arguments of tools are repeated in headers',
): void {
  const wrong = { problem: why, cure: 'Take the header off the argument.' };
  for (const each of walkSubschemas(json)) if (MIRRORED in each.schema) throw refusal(each, method, wrong);
}

function headerOf({ schema }: Subschema): string {
  return `mcp-param-${String(schema[MIRRORED]).toLowerCase()}`;
}

interface Wrong {
  readonly problem: string;
  readonly cure: string;
}

const TWICE: Wrong = {
  problem: 'another argument has that header, and upper and lower case are one',
  cure: 'Give each argument a header of its own.',
};

function wrongWith({ schema, path, fixed }: Subschema): Wrong | undefined {
  const header = schema[MIRRORED];
  // One or more of the characters RFC 9110 allows in the name of a field.
  if (typeof header !== 'string' || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(header))
    return {
      problem: 'that is no name a header can have',
      cure: 'Use letters, digits and hyphens: "Region".',
    };
  if (!fixed || path.length === 0)
    return {
      problem: 'it stands in a list, a choice or a class that holds itself, where its value has no one place',
      cure: 'Put the header on an argument itself, or on a field of an object inside it.',
    };
  return wrongWithType(schema);
}

function wrongWithType({ type, minimum, maximum }: JsonSchema): Wrong | undefined {
  if (Array.isArray(type) && type.includes('null'))
    return {
      problem: 'it may be null, which clients do not take for one type',
      cure: 'Give it a default instead of @IsOptional().',
    };
  if (type === 'string' || type === 'boolean') return undefined;
  if (type !== 'integer')
    return {
      problem: `it is ${type === undefined ? 'of no type that is told' : `a ${String(type)}`}`,
      cure: 'Only a string, an integer or a boolean can stand in a header: @IsInt(), or { type: "integer" }.',
    };
  const unsafe = [minimum, maximum].some((bound) => typeof bound === 'number' && Math.abs(bound) > MAX);
  return unsafe
    ? { problem: 'it may be larger than JSON can carry exactly', cure: `Keep it within ±${MAX}.` }
    : undefined;
}

const MAX = Number.MAX_SAFE_INTEGER;

function refusal({ schema, path }: Subschema, method: string, wrong: Wrong): FrameworkError {
  const argument = path.join('.');
  return new FrameworkError('ERR_TOOL_HEADER', {
    method,
    argument,
    header: String(schema[MIRRORED]),
    ...wrong,
  });
}
