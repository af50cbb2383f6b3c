import { Injectable, Logger, type OnClose, type ScopeEnd } from 'tenon';
import { QuoteNumbers } from './quote-numbers.js';

/** The quote that one call makes: made when the call asks for it, closed when the call has ended. */
@Injectable({ lifetime: 'request' })
export class Quote implements OnClose {
  readonly number: number;
  readonly #lines: string[] = [];

  constructor(
    numbers: QuoteNumbers,
    private readonly logger: Logger,
  ) {
    this.number = numbers.next();
  }

  add(line: string): void {
    this.#lines.push(line);
  }

  toString(): string {
    return [`Quote ${this.number}`, ...this.#lines].join('\n');
  }

  onClose({ ok }: ScopeEnd): void {
    this.logger.info('A quote is made', { number: this.number, lines: this.#lines.length, ok });
  }
}
