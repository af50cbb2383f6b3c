/** Severities of a log line, least severe first. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** The log of the server, for its operators: one JSON line each, on stderr. */
export abstract class Logger {
  /** Whether lines of a severity are written at all: what is dear to put together is left, where not. */
  isEnabled(_level: Exclude<LogLevel, 'silent'>): boolean {
    return true;
  }
  /** Writes a line for one who follows every step. */
  abstract debug(message: string, fields?: object): void;
  /** Writes a line worth keeping. */
  abstract info(message: string, fields?: object): void;
  /** Writes a line somebody should look at. */
  abstract warn(message: string, fields?: object): void;
  /** Writes a line somebody must look at; an error goes under `err`. */
  abstract error(message: string, fields?: object): void;
  /** A logger that adds these fields to each of its lines. */
  abstract child(fields: object): Logger;
}
