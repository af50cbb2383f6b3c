import type { CallContext } from '../context/call-context.js';
import type { Exchange } from '../context/exchange.js';
import type { Outcome } from '../context/outcome.js';

/** So many of the messages that did not end are named. */
const NAMED = 20;
/** A name is what a client sent; so much of it is kept. */
const NAME_CHARS = 100;

/** The messages whose handlers are at work: to be cancelled, waited for and named when the server ends. */
export class UnderWay {
  // Each knows its place: a Set would have to give every message a hash first, which costs more than all the rest here.
  readonly #contexts: CallContext[] = [];
  readonly #cut = new WeakSet<Exchange>();
  readonly #waiting: (() => void)[] = [];

  /** How many there are. */
  get size(): number {
    return this.#contexts.length;
  }

  /** What they ask for, as `tools/call search`. */
  get names(): readonly string[] {
    return this.#contexts.slice(0, NAMED).map(nameOf);
  }

  /** Remembers one that has to wait for something; once, however often. */
  add(context: CallContext): void {
    if (context.place < 0) context.place = this.#contexts.push(context) - 1;
  }

  /** Forgets one that has ended; one that never had to wait is let pass. */
  delete(context: CallContext): void {
    if (context.place < 0) return;
    const last = this.#contexts.pop() as CallContext;
    if (last !== context) {
      this.#contexts[context.place] = last;
      last.place = context.place;
    }
    context.place = -1;
    if (this.#contexts.length === 0 && this.#waiting.length > 0)
      for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Cancels all of them, although their senders still wait. */
  cut(reason: string): void {
    for (const { exchange } of [...this.#contexts]) {
      if (exchange.cancelled) continue;
      this.#cut.add(exchange);
      exchange.cancel(reason);
    }
  }

  /** Answers those that go on all the same, although their handlers do not know it. */
  drop(outcome: Outcome): void {
    for (const { exchange } of [...this.#contexts]) exchange.drop(outcome);
  }

  /** Whether a message was cancelled by the end of the server, and not by its sender. */
  wasCut(exchange: Exchange): boolean {
    return this.#cut.has(exchange);
  }

  /** Resolves when the last has ended. */
  async idle(): Promise<void> {
    if (this.#contexts.length > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

function nameOf({ method, params }: CallContext): string {
  const of = params.name ?? params.uri;
  return typeof of === 'string' ? `${method} ${of.slice(0, NAME_CHARS)}` : method;
}
