import { Logger } from '@tenon/core';

/** One line of the log. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines for a test to read. */
export class RecordingLogger extends Logger {
  /** Every line so far, those of child loggers included. */
  readonly lines: LogLine[];
  readonly #fields: object;

  constructor(lines: LogLine[] = [], fields: object = {}) {
    super();
    this.lines = lines;
    this.#fields = fields;
  }

  debug(message: string, fields?: object): void {
    this.#add('debug', message, fields);
  }

  info(message: string, fields?: object): void {
    this.#add('info', message, fields);
  }

  warn(message: string, fields?: object): void {
    this.#add('warn', message, fields);
  }

  error(message: string, fields?: object): void {
    this.#add('error', message, fields);
  }

  child(fields: object): Logger {
    return new RecordingLogger(this.lines, { ...this.#fields, ...fields });
  }

  #add(level: LogLine['level'], message: string, fields: object = {}): void {
    this.lines.push({ level, message, fields: { ...this.#fields, ...fields } });
  }
}
