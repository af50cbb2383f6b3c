import { ProtocolError, RPC } from '../errors/protocol-error.js';
import { LEGACY_VERSIONS, META, MODERN_VERSIONS } from '../mcp/era.js';
import type { Params, Peer } from '../mcp/message.js';
import type { LoggingLevel } from '../mcp/types.js';
import { readLevel } from './methods/logging.js';

/** What a message of 2026-07-28 says about its sender. */
export interface ModernEnvelope {
  readonly version: string;
  readonly peer: Peer;
  readonly logLevel: LoggingLevel | undefined;
}

/** Whether a message says for itself which revision it speaks, as those of 2026-07-28 do. */
export function isModern(params: Params | undefined): boolean {
  const meta = params?._meta;
  return typeof meta === 'object' && meta !== null && META.version in meta;
}

/** Reads the `_meta` of a message; a ProtocolError names what is missing or not supported. */
export function readModern(params: Params | undefined): ModernEnvelope {
  const meta = (params?._meta ?? {}) as Params;
  const version = meta[META.version];
  if (typeof version !== 'string') throw missing(META.version, 'a string');
  if (!MODERN_VERSIONS.includes(version)) throw unsupportedVersion(version);
  const capabilities = meta[META.capabilities];
  if (!isObject(capabilities)) throw missing(META.capabilities, 'an object');
  const level = meta[META.logLevel];
  return {
    version,
    peer: { info: clientInfo(meta[META.clientInfo]), capabilities },
    logLevel: level === undefined ? undefined : readLevel(level),
  };
}

/** The refusal of a revision this server does not speak. */
export function unsupportedVersion(requested: string): ProtocolError {
  const spoken = [...MODERN_VERSIONS, ...LEGACY_VERSIONS].join(', ');
  return new ProtocolError(
    RPC.unsupportedVersion,
    `Unsupported protocol version: ${requested}; this server speaks ${spoken}`,
    { supported: MODERN_VERSIONS, requested },
  );
}

function missing(key: string, shape: string): ProtocolError {
  return new ProtocolError(RPC.invalidParams, `Invalid params: _meta["${key}"] must be ${shape}`);
}

function clientInfo(info: unknown): Peer['info'] {
  if (!isObject(info) || typeof info.name !== 'string' || typeof info.version !== 'string') return undefined;
  return { name: info.name, version: info.version };
}

function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
