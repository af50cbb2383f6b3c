import type { RedisClient } from './redis-client.js';

/**
 * What one client was asked and has not answered yet: refused at once where its connection breaks.
 *
 * Of a step whose answer was lost nobody knows whether it was done, so it is not sent again; and ioredis would let it wait. A
 * connection on which a command waits in vain, and nothing else comes, is given up for a new one.
 */
export class Unanswered {
  readonly #client: RedisClient;
  readonly #refusals = new Set<(lost: Error) => void>();
  #answers = 0;

  constructor(client: RedisClient) {
    this.#client = client;
    client.on('close', () => {
      for (const refuse of this.#refusals)
        refuse(new Error('the connection broke before Redis had answered'));
    });
  }

  /** The answer to a command. */
  async call(command: string, ...args: (string | number)[]): Promise<unknown> {
    // What is asked without a connection waits for one, and was not sent.
    const sent = this.#client.status === 'ready';
    const answer = this.#client.call(command, ...args);
    if (!sent) return answer;
    const before = this.#answers;
    let refuse = (_lost: Error): void => undefined;
    const lost = new Promise<never>((_resolve, reject) => (refuse = reject));
    this.#refusals.add(refuse);
    try {
      const value = await Promise.race([answer, lost]);
      this.#answers++;
      return value;
    } catch (error) {
      if ((error as Error).message === 'Command timed out' && this.#answers === before) this.#giveUp();
      throw error;
    } finally {
      this.#refusals.delete(refuse);
    }
  }

  #giveUp(): void {
    if (this.#client.status === 'ready') this.#client.disconnect(true);
  }
}
