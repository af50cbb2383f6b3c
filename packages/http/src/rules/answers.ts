import {
  protocolOutcome,
  ProtocolError,
  RPC,
  type Encoder,
  type Era,
  type Outcome,
  type RequestId,
  type Unavailable,
} from '@tenon/core';
import { EventStream } from './event-stream.js';
import type { HttpAnswer } from './http-message.js';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
/** `no`: a proxy that collects an answer before it passes it on would hold back every event. */
const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  'x-accel-buffering': 'no',
};

/** 202 without a body: a message that is not answered. */
export const ACCEPTED: HttpAnswer = { status: 202, headers: {}, body: '' };

const STATUS = { malformed: 400, 'unknown-method': 404, unavailable: 503, internal: 200 } as const;

/** Writes outcomes as HTTP answers. */
export class Answers {
  readonly #encoder: Encoder;

  constructor(encoder: Encoder) {
    this.#encoder = encoder;
  }

  /** The text of an outcome, for a stream. */
  text(id: RequestId, outcome: Outcome, era: Era): string | undefined {
    return this.#encoder.answer(id, outcome, era);
  }

  /** An outcome as a JSON answer, with the status its era gives it. */
  json(id: RequestId | null, outcome: Outcome, era: Era): HttpAnswer {
    const body = this.#encoder.answer(id, outcome, era);
    // Cancelled: the exchange is finished all the same, by a stream with nothing in it.
    if (body === undefined) return endedStream();
    if (outcome.is !== 'error') return { status: 200, headers: JSON_HEADERS, body };
    const { retryAfterMs } = outcome;
    const headers =
      retryAfterMs === undefined
        ? JSON_HEADERS
        : { ...JSON_HEADERS, 'retry-after': String(Math.ceil(retryAfterMs / 1000)) };
    return { status: statusOf(outcome, era), headers, body };
  }

  /** The refusal of a request, with the HTTP status that says the same. */
  refuse(
    status: number,
    error: { code: number; message: string },
    headers: Readonly<Record<string, string>> = {},
  ): HttpAnswer {
    const body = this.#encoder.answer(null, { is: 'error', ...error }, 'legacy') ?? '';
    return { status, headers: { ...JSON_HEADERS, ...headers }, body };
  }

  /** What this server cannot do at the moment, with the time after which to ask again. */
  unavailable(id: RequestId | null, { message, code, retryAfterMs }: Unavailable): HttpAnswer {
    const data = { code, retryAfterMs };
    const error = { is: 'error', code: RPC.internalError, message, data } as const;
    return this.json(id, { ...error, refusal: 'unavailable', retryAfterMs }, 'modern');
  }

  /** What is wrong with a message, answered to it; always with an error status. */
  malformed(id: RequestId | null, error: unknown): HttpAnswer {
    if (!ProtocolError.is(error)) throw error;
    const body = this.#encoder.answer(id, protocolOutcome(error), 'legacy') ?? '';
    return { status: 400, headers: JSON_HEADERS, body };
  }
}

/** The answer that begins a stream. */
export function streamAnswer(stream: EventStream): HttpAnswer {
  return { status: 200, headers: STREAM_HEADERS, stream };
}

function endedStream(): HttpAnswer {
  const stream = new EventStream();
  stream.end();
  return streamAnswer(stream);
}

/** In the older era a JSON-RPC error is a good HTTP answer, but for what never reached a method. */
function statusOf(outcome: Outcome & { is: 'error' }, era: Era): number {
  if (!outcome.refusal) return 200;
  return era === 'legacy' && outcome.refusal === 'unknown-method' ? 200 : STATUS[outcome.refusal];
}
