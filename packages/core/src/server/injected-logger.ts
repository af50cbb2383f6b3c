import type { CallContext } from '../context/call-context.js';
import { valueNode, type ProviderNode } from '../di/provider-node.js';
import { Logger } from '../telemetry/logger.js';

/** The log as it is injected: what lives for one message writes that message's id, what lives for a session the session's. */
export function loggerNode(logger: Logger): ProviderNode {
  return {
    ...valueNode(Logger, logger),
    fromScope: (scope, owner) => {
      const call = scope.call as CallContext;
      if (scope.endsWith(owner)) return call.logger;
      const { sessionId } = call;
      return sessionId === undefined ? logger : logger.child({ sessionId });
    },
  };
}
