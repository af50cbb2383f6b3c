import { Clock, Injectable, Logger, type OnClose, type ScopeEnd } from 'tenon';

/** One line in the log for each call that looked something up: what it asked, what it found, how long it took. */
@Injectable({ lifetime: 'request' })
export class SearchLog implements OnClose {
  readonly #begun: number;
  readonly #seen: Record<string, unknown> = {};

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.#begun = clock.now();
  }

  /** Notes something for the line. */
  note(seen: Readonly<Record<string, unknown>>): void {
    Object.assign(this.#seen, seen);
  }

  onClose({ ok }: ScopeEnd): void {
    this.logger.info('Documents asked', { ...this.#seen, ok, ms: this.clock.now() - this.#begun });
  }
}
