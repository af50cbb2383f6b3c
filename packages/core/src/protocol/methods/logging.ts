import { ProtocolError, RPC } from '../../errors/protocol-error.js';
import { LOG_LEVELS } from '../../mcp/message.js';
import type { LoggingLevel } from '../../mcp/types.js';
import type { Method } from './method.js';

/** `logging/setLevel`: the least severe log message a session's client wants. */
export function loggingMethods(): readonly Method[] {
  return [
    {
      name: 'logging/setLevel',
      eras: ['legacy'],
      kind: 'request',
      run: ({ params, context }) => {
        const level = readLevel(params.level);
        if (context.exchange.session) context.exchange.session.logLevel = level;
        return {};
      },
    },
  ];
}

/** A level as a client names it, or a ProtocolError listing those there are. */
export function readLevel(level: unknown): LoggingLevel {
  if ((LOG_LEVELS as readonly unknown[]).includes(level)) return level as LoggingLevel;
  throw new ProtocolError(RPC.invalidParams, `Unknown log level: use one of ${LOG_LEVELS.join(', ')}`);
}
