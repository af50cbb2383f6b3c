import type { InjectionToken } from '../di/token.js';
import type { Exchange } from '../context/exchange.js';
import type { Outcome } from '../context/outcome.js';
import type { Principal } from '../context/principal.js';
import type { RpcNotification, RpcRequest } from '../mcp/message.js';
import type { Implementation } from '../mcp/types.js';
import type { MirroredArgument } from '../schema/mirrored-arguments.js';
import type { Logger } from '../telemetry/logger.js';
import type { Clock } from '../time/clock.js';
import type { Ids } from '../time/ids.js';
import type { TimerWheel } from '../time/timer-wheel.js';
import type { EntryPointKind } from '../records/entry-point-record.js';
import type { Encoder } from './encode.js';
import type { EntryPoint } from './entry-points.js';

/** What a started server offers to a binding: everything a transport needs, and nothing else. */
export interface Endpoint {
  readonly info: Implementation;
  readonly encoder: Encoder;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The deadlines of the server, one timer for all. */
  readonly wheel: TimerWheel;
  /** Whether the server has begun to close. */
  closing(): boolean;
  /** What the server holds under a token, in lifetime `app`: its bus, its store, what the author provides. */
  get<T>(token: InjectionToken<T>): T;
  /** The methods of handler classes with a decorator that another package has made. */
  entryPoints<R>(kind: EntryPointKind<R>): readonly EntryPoint<R>[];
  /** Says that an answer goes on as a stream, until what is returned is called. */
  streamOpened(): () => void;
  /** The arguments of a tool that this caller repeats in headers, if it may see the tool. */
  mirrored(tool: string, principal: Principal | undefined): readonly MirroredArgument[] | undefined;
  /** Answers one message. Never throws and never rejects; a promise only where something had to be awaited. */
  dispatch(message: RpcRequest | RpcNotification, exchange: Exchange): Outcome | Promise<Outcome>;
  /**
   * Takes no more messages, cancels what is under way and waits until it has ended, or has had its time. What comes afterwards is
   * refused: only for the end of the app.
   */
  stop(): Promise<void>;
}
