import { createRequire } from 'node:module';
import type { pino as createPino, Logger as Pino, LoggerOptions } from 'pino';
import { Logger, type LogLevel } from './logger.js';
import { redact } from './redact.js';
import { TurnLines } from './turn-lines.js';

/** There is one stderr, however many servers a process has. What somebody should look at is written at once. */
let stderr: TurnLines | undefined;

/** Least severe first. */
const SEVERITIES: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

/** A Logger that writes with pino; pino is loaded with the first line, so a quiet server starts without it. */
export class PinoLogger extends Logger {
  readonly #make: () => Pino;
  readonly #level: LogLevel;
  readonly #least: number;
  #pino: Pino | undefined;

  private constructor(level: LogLevel, make: () => Pino) {
    super();
    this.#level = level;
    this.#least = SEVERITIES.indexOf(level);
    this.#make = make;
  }

  /** A logger for a whole server. */
  static create(options: { name: string; level: LogLevel }): PinoLogger {
    return new PinoLogger(options.level, () => {
      // Synchronous, because createApp and the first log line are; stderr, because stdout belongs to the protocol.
      const { pino } = createRequire(import.meta.url)('pino') as { pino: typeof createPino };
      const settings: LoggerOptions = {
        name: options.name,
        level: options.level,
        serializers: { err: redact },
        formatters: { log: (fields) => redact(fields) as Record<string, unknown> },
      };
      return pino(settings, (stderr ??= new TurnLines(pino.destination({ fd: 2, sync: true }))));
    });
  }

  override isEnabled(level: Exclude<LogLevel, 'silent'>): boolean {
    return SEVERITIES.indexOf(level) >= this.#least;
  }

  debug(message: string, fields?: object): void {
    if (fields) this.#ready.debug(fields, message);
    else this.#ready.debug(message);
  }

  info(message: string, fields?: object): void {
    if (fields) this.#ready.info(fields, message);
    else this.#ready.info(message);
  }

  warn(message: string, fields?: object): void {
    if (fields) this.#ready.warn(fields, message);
    else this.#ready.warn(message);
    stderr?.flush();
  }

  error(message: string, fields?: object): void {
    if (fields) this.#ready.error(fields, message);
    else this.#ready.error(message);
    stderr?.flush();
  }

  child(fields: object): Logger {
    return new PinoLogger(this.#level, () => this.#ready.child(redact(fields) as object));
  }

  get #ready(): Pino {
    return (this.#pino ??= this.#make());
  }
}
