import type { Session } from '../../context/session.js';
import { Middleware } from '../../decorators/middleware.js';
import { Inject } from '../../decorators/parameters.js';
import type { RequestId } from '../../mcp/message.js';
import { MILLISECONDS, type ShapesOf } from '../../records/option-shape.js';
import { Logger } from '../../telemetry/logger.js';
import { Clock, SystemClock } from '../../time/clock.js';
import { TimerWheel } from '../../time/timer-wheel.js';
import type { Call, MessageCall, Next } from '../call.js';
import type { MiddlewareHooks } from '../hooks.js';
import { checked } from './checked.js';

/** Options of Ping. */
export interface PingOptions {
  /** How long after one ping the next is sent, in milliseconds. Default: 30000. */
  readonly intervalMs?: number;
}

const SHAPES: ShapesOf<PingOptions> = { intervalMs: MILLISECONDS };

/** What a Ping has done so far. */
export interface PingStatistics {
  /** Sessions that are pinged now. */
  readonly sessions: number;
  readonly sent: number;
  readonly answered: number;
  /** Not answered before the next was sent. */
  readonly missed: number;
}

/**
 * Pings the client of each session, so that nothing on the way takes a quiet one for dead.
 *
 * Only on revisions that have sessions, from a session's first message to its end; over HTTP only while its client has its stream
 * open. A client that no longer answers is told of in the log, once, and its session lives on: it may be busy, and where it has gone,
 * what is sent to it breaks its stream. `statistics()` is there for handlers that inject it.
 */
@Middleware({ options: SHAPES })
export class Ping implements MiddlewareHooks {
  readonly #intervalMs: number;
  readonly #wheel: TimerWheel;
  readonly #logger: Logger | undefined;
  readonly #loops = new Set<Session>();
  #sent = 0;
  #answered = 0;
  #missed = 0;

  constructor(
    options: PingOptions = {},
    @Inject(Clock) clock: Clock = new SystemClock(),
    @Inject(TimerWheel) wheel: TimerWheel = new TimerWheel(clock),
    @Inject(Logger) logger?: Logger,
  ) {
    this.#intervalMs = checked('Ping', options, SHAPES).intervalMs ?? 30_000;
    this.#wheel = wheel;
    this.#logger = logger;
  }

  /** What it has done so far. */
  statistics(): PingStatistics {
    return {
      sessions: this.#loops.size,
      sent: this.#sent,
      answered: this.#answered,
      missed: this.#missed,
    };
  }

  /** Begins to ping a session that it meets for the first time. */
  onMessage(call: Call, next: Next): Promise<unknown> {
    const { session } = (call as MessageCall).context.exchange;
    // Until initialize has been answered, there may be no session.
    if (session && !this.#loops.has(session) && call.method !== 'initialize')
      this.#begin(session, this.#logger ?? call.context.logger);
    return next();
  }

  #begin(session: Session, logger: Logger): void {
    if (session.ended) return;
    this.#loops.add(session);
    let waiting: RequestId | undefined;
    let isSilent = false;
    const answered = (): void => {
      waiting = undefined;
      isSilent = false;
      this.#answered++;
    };
    const ping = (): void => {
      if (waiting !== undefined && session.forget(waiting)) {
        this.#missed++;
        if (!isSilent) this.#tell(session, logger);
        isSilent = true;
      }
      waiting = session.request('ping', {}, { answered, ended: () => undefined });
      if (waiting !== undefined) this.#sent++;
      cancel = this.#wheel.after(this.#intervalMs, ping);
    };
    let cancel = this.#wheel.after(this.#intervalMs, ping);
    session.onEnd(() => {
      cancel();
      this.#loops.delete(session);
    });
  }

  #tell({ id: sessionId }: Session, logger: Logger): void {
    logger.warn(`A client has not answered a ping for ${this.#intervalMs} ms`, { sessionId });
  }
}
