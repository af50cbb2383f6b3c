import type { StateSeal } from '../asking/state-seal.js';
import type { CallContext, ContextHost } from '../context/call-context.js';
import type { Changes } from '../context/changes.js';
import type { Outcome } from '../context/outcome.js';
import type { SamplingFallback } from '../context/sampling-fallback.js';
import type { StateHost } from '../context/call-state.js';
import type { AppContainer } from '../di/app-container.js';
import { ToolError } from '../errors/component-error.js';
import { ProtocolError, RPC } from '../errors/protocol-error.js';
import type { RpcRequest } from '../mcp/message.js';
import { refuseWhileDeciding } from '../middleware/visibility.js';
import type { ModuleOptions } from '../records/module-record.js';
import { AtomicStore } from '../storage/store.js';
import { callLoop } from './nested-calls.js';
import type { SessionScopes } from './session-scopes.js';
import type { Surroundings } from './surroundings.js';

/** So deep may calls nest that a server makes of itself. */
const MAX_DEPTH = 32;

/** What the contexts of a server share. */
interface HostParts extends Surroundings {
  readonly subscribers: Changes;
  readonly container: AppContainer;
  readonly scopes: SessionScopes;
  readonly seal: StateSeal;
  readonly sampling: ModuleOptions['sampling'];
  readonly state: StateHost;
  readonly ambient: boolean;
}

/** What the contexts of one server ask of it. */
export function contextHost(
  parts: HostParts,
  dispatch: (message: RpcRequest, on: CallContext) => Outcome | Promise<Outcome>,
): ContextHost {
  const { logger, clock, ids, wheel, seal, ambient, container, scopes } = parts;
  return {
    logger,
    clock,
    ids,
    wheel,
    seal,
    ambient,
    store: () => container.get(AtomicStore),
    state: parts.state,
    changes: parts.subscribers,
    sampling: parts.sampling && samplingOf(parts.sampling, container),
    openScope: (context) => scopes.open(context),
    get: (token) => container.get(token),
    call: async (method, params, on) => {
      refuseWhileDeciding(method);
      if (on.depth >= MAX_DEPTH) {
        logger.error('A call stands inside itself', { err: callLoop(method, MAX_DEPTH) });
        throw new ToolError(`${method} goes in circles: the server has asked itself ${MAX_DEPTH} times over`);
      }
      return resultOf(await dispatch({ jsonrpc: '2.0', id: ids.secret(), method, params }, on), method);
    },
  };
}

/** The result in an outcome; what is none is thrown. */
export function resultOf(outcome: Outcome, method: string): object {
  switch (outcome.is) {
    case 'result':
      return outcome.value;
    case 'json':
      return JSON.parse(outcome.text) as object;
    case 'error':
      throw new ProtocolError(outcome.code, outcome.message, outcome.data);
    case 'none':
      throw new ProtocolError(RPC.internalError, `${method} was cancelled`);
  }
}

function samplingOf(
  { handler, always = false }: NonNullable<ModuleOptions['sampling']>,
  container: AppContainer,
): SamplingFallback {
  return {
    always,
    createMessage: async (params, context) => container.get(handler).createMessage(params, context),
  };
}
