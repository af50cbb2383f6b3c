import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { LEGACY_VERSIONS, MODERN_VERSIONS, type Era } from '../../mcp/era.js';
import type { Params, Peer } from '../../mcp/message.js';
import type { ServerCapabilities } from '../../mcp/types.js';
import type { Outcome } from '../../context/outcome.js';
import type { MessageCall } from '../../middleware/call.js';
import { withCacheHints, type Method, type MethodHost } from './method.js';

/** `initialize`, `server/discover`, `ping`, and the notifications around them. */
export function lifecycleMethods(host: MethodHost): readonly Method[] {
  return [
    {
      name: 'initialize',
      eras: ['legacy'],
      kind: 'request',
      run: (call) => initialize(call, host),
      outcome: beginSession,
    },
    {
      name: 'server/discover',
      eras: ['modern'],
      kind: 'request',
      run: () => ({
        supportedVersions: MODERN_VERSIONS,
        capabilities: CAPABILITIES.modern,
        ...instructionsOf(host),
      }),
      outcome: (result, { context }) => ({
        is: 'result',
        value: withCacheHints(result, context.era, 'public'),
      }),
    },
    { name: 'ping', eras: ['legacy'], kind: 'request', run: () => ({}) },
    { name: 'notifications/initialized', eras: ['legacy'], kind: 'notification', run: () => undefined },
    {
      name: 'notifications/cancelled',
      eras: ['legacy', 'modern'],
      kind: 'notification',
      run: ({ params, context }) => {
        const { requestId, reason } = params;
        if (typeof requestId !== 'string' && typeof requestId !== 'number') return;
        context.exchange.cancelRequest(requestId, typeof reason === 'string' ? reason : undefined);
      },
    },
  ];
}

function initialize({ params, context }: MessageCall, host: MethodHost): object {
  const { version } = readInitialize(params);
  const { session } = context.exchange;
  if (session?.version)
    throw new ProtocolError(RPC.invalidRequest, 'This session has been initialized before');
  return {
    protocolVersion: version,
    capabilities: CAPABILITIES.legacy,
    serverInfo: host.info,
    ...instructionsOf(host),
  };
}

/** The session begins once everything in front of it has agreed. */
function beginSession(result: object, { params, context }: MessageCall): Outcome {
  const { session } = context.exchange;
  if (session) Object.assign(session, readInitialize(params));
  return { is: 'result', value: result };
}

function instructionsOf({ instructions }: MethodHost): { instructions?: string } {
  return instructions === undefined ? {} : { instructions };
}

/** What each era is promised; the newer one is told of changes only through subscriptions, which are not served yet. */
const CAPABILITIES: Record<Era, ServerCapabilities> = {
  legacy: { tools: { listChanged: true }, logging: {} },
  modern: { tools: {}, logging: {} },
};

/** The revision both sides speak, and who the client is. */
function readInitialize(params: Params): { version: string; peer: Peer } {
  const { protocolVersion, capabilities, clientInfo } = params;
  if (typeof protocolVersion !== 'string') throw invalid('protocolVersion must be a string');
  if (typeof capabilities !== 'object' || capabilities === null)
    throw invalid('capabilities must be an object');
  const info = clientInfo as { name?: unknown; version?: unknown } | null | undefined;
  if (typeof info?.name !== 'string' || typeof info.version !== 'string')
    throw invalid('clientInfo must have a name and a version');
  const version = LEGACY_VERSIONS.includes(protocolVersion) ? protocolVersion : (LEGACY_VERSIONS[0] ?? '');
  return {
    version,
    peer: {
      info: { name: info.name, version: info.version },
      capabilities: capabilities as Record<string, unknown>,
    },
  };
}

function invalid(what: string): ProtocolError {
  return new ProtocolError(RPC.invalidParams, `Invalid params of initialize: ${what}`);
}
