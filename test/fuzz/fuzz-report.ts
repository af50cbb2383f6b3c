/** What came of a run: how often which answer, and everything that should not have been. */
export class FuzzReport {
  readonly counts = new Map<string, number>();
  readonly failures: string[] = [];
  #sent = 0;

  get sent(): number {
    return this.#sent;
  }

  /** Counts one that was sent, by what was answered. */
  count(answer: string): void {
    this.#sent++;
    this.hear(answer);
  }

  /** Counts an answer that belongs to nothing sent in particular. */
  hear(answer: string): void {
    this.counts.set(answer, (this.counts.get(answer) ?? 0) + 1);
  }

  /** Notes what should not have been; `input` is what led to it. */
  fail(what: string, input: string): void {
    if (this.failures.length < 20) this.failures.push(`${what}\n    ${input.slice(0, 400)}`);
  }

  /** The run as lines. */
  get lines(): readonly string[] {
    const counts = [...this.counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([answer, count]) => `${answer}: ${count}`);
    return [`${this.#sent} sent: ${counts.join(', ')}`, ...this.failures.map((each) => `FAILED ${each}`)];
  }
}
