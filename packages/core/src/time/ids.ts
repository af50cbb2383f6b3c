import { randomBytes, randomUUID } from 'node:crypto';

/** The source of every id a server hands out; a test puts its own in place. */
export abstract class Ids {
  /** An id nobody can guess: 122 random bits, visible ASCII. */
  abstract secret(): string;
  /** A short id that ties an answer to a line of the log. */
  abstract reference(): string;
}

/** Ids from the machine's random numbers. */
export class RandomIds extends Ids {
  secret(): string {
    return randomUUID();
  }

  reference(): string {
    return randomBytes(5).toString('hex');
  }
}
