import { MODERN_VERSIONS, ProtocolError, RPC } from '@tenon/core';
import { ACCEPTED, streamAnswer } from './answers.js';
import { EventStream } from './event-stream.js';
import { header, type HttpAnswer, type HttpRequest } from './http-message.js';

type Text = Extract<HttpAnswer, { body: string }>;

/** Refuses a batch whose header names a revision without sessions: there is no session to look for. */
export function checkBatchVersion(request: HttpRequest): void {
  const version = header(request, 'mcp-protocol-version') ?? '';
  if (MODERN_VERSIONS.includes(version))
    throw new ProtocolError(
      RPC.invalidRequest,
      `Invalid request: protocol version ${version} has no batches`,
    );
}

/** The answers to the messages of a batch as one: a list, or one stream as soon as one of them is a stream. */
export function mergeAnswers(
  answers: readonly (HttpAnswer | Promise<HttpAnswer>)[],
): HttpAnswer | Promise<HttpAnswer> {
  if (answers.every((answer): answer is Text => 'body' in answer)) return asList(answers);
  return new Promise((resolve, reject) => {
    const merging = new Merging(answers.length, resolve);
    for (const answer of answers) Promise.resolve(answer).then(merging.take, reject);
  });
}

/** Answers that come one after the other. */
class Merging {
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #texts: Text[] = [];
  #left: number;
  #stream: EventStream | undefined;

  constructor(count: number, resolve: (answer: HttpAnswer) => void) {
    this.#left = count;
    this.#resolve = resolve;
  }

  readonly take = (answer: HttpAnswer): void => {
    if ('stream' in answer) {
      const into = this.#begin();
      answer.stream.open({
        write: (events) => {
          into.pass(events);
        },
        writeIdle: () => {
          // The stream of them all is kept alive by itself.
        },
        end: this.#done,
      });
      return;
    }
    if (!this.#stream) this.#texts.push(answer);
    else if (answer.body !== '') this.#stream.send(answer.body);
    this.#done();
  };

  /** The stream of them all, with what was known before it. */
  #begin(): EventStream {
    if (this.#stream) return this.#stream;
    const stream = new EventStream();
    this.#stream = stream;
    for (const { body } of this.#texts) if (body !== '') stream.send(body);
    this.#resolve(streamAnswer(stream));
    return stream;
  }

  readonly #done = (): void => {
    this.#left--;
    if (this.#left > 0) return;
    if (this.#stream) this.#stream.end();
    else this.#resolve(asList(this.#texts));
  };
}

function asList(answers: readonly Text[]): HttpAnswer {
  const told = answers.filter(({ body }) => body !== '');
  const [first] = told;
  if (!first) return ACCEPTED;
  const body = `[${told.map((answer) => answer.body).join(',')}]`;
  return { status: told.every(({ status }) => status >= 400) ? 400 : 200, headers: first.headers, body };
}
