import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

/** The fixture server as a process of its own. */
export class FixtureProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;
  #log = '';

  /** `script` is the built server of the conformance suite. */
  constructor(script: string, args: readonly string[]) {
    this.child = spawn(process.execPath, [script, ...args], { stdio: 'pipe' });
    this.child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (this.#log = (this.#log + text).slice(-20_000)));
    this.child.stdin.on('error', () => undefined);
    this.ended = once(this.child, 'exit');
  }

  /** What it has written to stderr, up to a length. */
  get log(): string {
    return this.#log;
  }

  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits for a line on stderr, and gives what it says. */
  async says(pattern: RegExp): Promise<string> {
    for (;;) {
      const [, found] = pattern.exec(this.#log) ?? [];
      if (found !== undefined) return found;
      if (!this.alive) throw new Error(`The fixture has ended:\n${this.#log}`);
      await Promise.race([once(this.child.stderr, 'data'), this.ended]);
    }
  }

  async stop(): Promise<void> {
    if (!this.alive) return;
    this.child.kill('SIGTERM');
    await this.ended;
  }
}
