import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { withCacheHint } from '../../mcp/cache-hint.js';
import { LEGACY_VERSIONS, META, MODERN_VERSIONS } from '../../mcp/era.js';
import type { Params, Peer } from '../../mcp/message.js';
import type { ServerCapabilities } from '../../mcp/types.js';
import type { CallContext } from '../../context/call-context.js';
import type { Outcome } from '../../context/outcome.js';
import type { Session } from '../../context/session.js';
import type { MessageCall } from '../../middleware/call.js';
import type { Subscribers } from './subscribers.js';
import { settled, type Method, type MethodHost } from './method.js';

/** What the methods around a session's beginning need of the server. */
export interface LifecycleHost extends MethodHost {
  /** What runs when a session begins, each called with the message that begins it. */
  readonly onSession: readonly ((context: CallContext, args: unknown) => unknown)[];
  /** Whether anything has suggestions for an argument. */
  completes(): boolean;
  readonly subscribers: Subscribers;
}

/** `initialize`, `server/discover`, `ping`, and the notifications around them. */
export function lifecycleMethods(host: LifecycleHost): readonly Method[] {
  return [
    {
      name: 'initialize',
      eras: ['legacy'],
      kind: 'request',
      run: (call) => initialize(call, host),
      outcome: (result, call) => beginSession(result, call, host),
    },
    {
      name: 'server/discover',
      eras: ['modern'],
      kind: 'request',
      run: () => ({
        supportedVersions: MODERN_VERSIONS,
        capabilities: capabilitiesOf(host, true),
        ...instructionsOf(host),
        _meta: { [META.serverInfo]: host.info },
      }),
      outcome: (result, { context }) => ({
        is: 'result',
        value: withCacheHint(result, context.era, {
          ttlMs: host.listTtlMs,
          scope: host.hasOwnHook('server/discover') ? 'private' : 'public',
        }),
      }),
    },
    { name: 'ping', eras: ['legacy'], kind: 'request', run: () => ({}) },
    {
      name: 'notifications/initialized',
      eras: ['legacy'],
      kind: 'notification',
      run: ({ context: { exchange } }) => {
        if (exchange.session?.version) exchange.session.ready = true;
      },
    },
    CANCELLED,
  ];
}

/** So much of a reason is passed on, in characters. */
const MAX_REASON = 1000;

/** The one way to cancel in the older era, and over a lasting connection in both. */
const CANCELLED: Method = {
  name: 'notifications/cancelled',
  eras: ['legacy', 'modern'],
  kind: 'notification',
  run: ({ params, context }) => {
    const { requestId, reason: said } = params;
    if (typeof requestId !== 'string' && typeof requestId !== 'number') return;
    const reason = typeof said === 'string' ? said.slice(0, MAX_REASON) : undefined;
    context.logger.debug('A request is cancelled by its sender', { cancelled: requestId, reason });
    context.exchange.cancelRequest(requestId, reason);
  },
};

/** What a session is begun with: read behind the hooks, which may have changed it. */
const BEGINS = new WeakMap<CallContext, Begin>();

function initialize({ params, context }: MessageCall, host: LifecycleHost): object {
  const begin = readInitialize(params);
  const { version } = begin;
  const { session } = context.exchange;
  if (session?.version)
    throw new ProtocolError(RPC.invalidRequest, 'This session has been initialized before');
  BEGINS.set(context, begin);
  return {
    protocolVersion: version,
    capabilities: capabilitiesOf(host, session !== undefined),
    serverInfo: host.info,
    ...instructionsOf(host),
  };
}

/** The session begins once everything in front of it has agreed; what is to run then may still refuse it. */
function beginSession(
  result: object,
  { params, context }: MessageCall,
  host: LifecycleHost,
): Outcome | Promise<Outcome> {
  const { session } = context.exchange;
  const outcome: Outcome = { is: 'result', value: result };
  if (!session) return outcome;
  const before = { version: session.version, peer: session.peer };
  const { version, peer } = BEGINS.get(context) ?? readInitialize(params);
  // Its client goes by what it is told.
  const { protocolVersion: told } = result as { protocolVersion?: unknown };
  Object.assign(session, { peer, version: LEGACY_VERSIONS.find((each) => each === told) ?? version });
  const begun = (): Outcome => {
    host.subscribers.add(session);
    return outcome;
  };
  try {
    const running = settled(runAll(host, context), begun);
    return running instanceof Promise
      ? running.catch((error: unknown) => refuse(session, before, error))
      : running;
  } catch (error) {
    return refuse(session, before, error);
  }
}

/** Runs what is to run when a session begins, one after the other. */
function runAll({ onSession }: LifecycleHost, context: CallContext): unknown {
  return onSession.reduce<unknown>(
    (before, run) => (before instanceof Promise ? before.then(() => run(context, {})) : run(context, {})),
    undefined,
  );
}

/** A session that did not begin can be begun again. */
function refuse(session: Session, before: Pick<Session, 'version' | 'peer'>, error: unknown): never {
  Object.assign(session, before);
  throw error;
}

function instructionsOf({ instructions }: MethodHost): { instructions?: string } {
  return instructions === undefined ? {} : { instructions };
}

/** What clients may count on; `tells` where there is a way to tell them of changes. */
export function capabilitiesOf(
  { completes }: Pick<LifecycleHost, 'completes'>,
  tells: boolean,
): ServerCapabilities {
  const listChanged = tells && { listChanged: true };
  return {
    tools: { ...listChanged },
    resources: { ...listChanged, ...(tells && { subscribe: true }) },
    prompts: { ...listChanged },
    logging: {},
    ...(completes() && { completions: {} }),
  };
}

/** The revision both sides speak, and who the client is. */
interface Begin {
  readonly version: string;
  readonly peer: Peer;
}

function readInitialize(params: Params): Begin {
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
