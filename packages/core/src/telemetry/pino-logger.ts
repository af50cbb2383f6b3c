import { createRequire } from 'node:module';
import type { pino as createPino, Logger as Pino, LoggerOptions } from 'pino';
import { Logger, type LogLevel } from './logger.js';
import { seenIn, SEEN, type PlainLine } from './plain-line.js';
import { redact } from './redact.js';
import { TurnLines } from './turn-lines.js';

/** There is one stderr, however many servers a process has. What somebody should look at is written at once. */
let stderr: TurnLines | undefined;

type Level = 'debug' | 'info' | 'warn' | 'error';

/** Least severe first. */
const SEVERITIES: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

/** A Logger that writes with pino; pino is loaded with the first line, so a quiet server starts without it. */
export class PinoLogger extends Logger {
  readonly #make: () => Pino;
  readonly #level: LogLevel;
  readonly #least: number;
  /** Only of a logger that lasts; a child's is not worth a look. */
  readonly #plain: Map<Level, PlainLine | null> | undefined;
  #pino: Pino | undefined;

  private constructor(level: LogLevel, make: () => Pino, plain?: Map<Level, PlainLine | null>) {
    super();
    this.#level = level;
    this.#plain = plain;
    this.#least = SEVERITIES.indexOf(level);
    this.#make = make;
  }

  /** A logger for a whole server. */
  static create(options: { name: string; level: LogLevel }): PinoLogger {
    const make = (): Pino => {
      // Synchronous, because createApp and the first log line are; stderr, because stdout belongs to the protocol.
      const { pino } = createRequire(import.meta.url)('pino') as { pino: typeof createPino };
      const settings: LoggerOptions = {
        name: options.name,
        level: options.level,
        serializers: { err: redact },
        formatters: { log: (fields) => redact(fields) as Record<string, unknown> },
      };
      return pino(settings, (stderr ??= new TurnLines(pino.destination({ fd: 2, sync: true }))));
    };
    return new PinoLogger(options.level, make, new Map());
  }

  override isEnabled(level: Exclude<LogLevel, 'silent'>): boolean {
    return SEVERITIES.indexOf(level) >= this.#least;
  }

  debug(message: string, fields?: object): void {
    this.#say('debug', message, fields);
  }

  info(message: string, fields?: object): void {
    this.#say('info', message, fields);
  }

  warn(message: string, fields?: object): void {
    this.#say('warn', message, fields);
    stderr?.flush();
  }

  error(message: string, fields?: object): void {
    this.#say('error', message, fields);
    stderr?.flush();
  }

  child(fields: object): Logger {
    return new PinoLogger(this.#level, () => this.#ready.child(redact(fields) as object));
  }

  #say(level: Level, message: string, fields: object | undefined): void {
    const pino = this.#ready;
    const plain = fields === undefined && this.isEnabled(level) && this.#plainLine(level);
    if (plain && stderr)
      stderr.write(`${plain.before}${Date.now()}${plain.between}${JSON.stringify(message)}}\n`);
    else if (fields) pino[level](fields, message);
    else pino[level](message);
  }

  /** How pino writes a line without fields at a level: it is asked once, for it does much for the fields that most lines do not have. */
  #plainLine(level: Level): PlainLine | undefined {
    const known = this.#plain?.get(level);
    if (known !== undefined || !this.#plain) return known ?? undefined;
    const line = stderr?.caught(() => {
      this.#ready[level](SEEN);
    });
    const plain = seenIn(line ?? '');
    this.#plain.set(level, plain ?? null);
    return plain;
  }

  get #ready(): Pino {
    return (this.#pino ??= this.#make());
  }
}
