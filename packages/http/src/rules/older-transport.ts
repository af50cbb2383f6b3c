import {
  checkMessage,
  Connection,
  idOf,
  parseJson,
  RPC,
  Unavailable,
  type Endpoint,
  type Session,
} from '@tenon/core';
import { ACCEPTED, streamAnswer, type Answers } from './answers.js';
import { EventStream } from './event-stream.js';
import type { HttpAnswer, HttpRequest } from './http-message.js';
import { readBody, unreadable } from './read-body.js';
import { EXPLAINED, takesEvents } from './session-requests.js';
import type { Sessions } from './sessions.js';

/** The transport of 2024-11-05, HTTP+SSE: a stream that lasts as long as the session, and messages posted beside it. */
export class OlderTransport {
  readonly #endpoint: Endpoint;
  readonly #answers: Answers;
  readonly #sessions: Sessions;
  readonly #connections = new WeakMap<Session, Connection>();

  constructor(endpoint: Endpoint, answers: Answers, sessions: Sessions) {
    this.#endpoint = endpoint;
    this.#answers = answers;
    this.#sessions = sessions;
  }

  /** Answers one request: GET opens a stream, whose messages are posted to `messagesPath`. */
  answer(request: HttpRequest, messagesPath: string): HttpAnswer {
    try {
      if (request.method === 'GET') return this.#open(request, messagesPath);
      if (request.method === 'POST') return this.#post(request);
      return this.#answers.refuse(
        405,
        { code: RPC.invalidRequest, message: EXPLAINED },
        { allow: 'GET, POST' },
      );
    } catch (error) {
      if (Unavailable.is(error)) return this.#answers.unavailable(null, error);
      return this.#answers.malformed(null, error);
    }
  }

  #open(request: HttpRequest, messagesPath: string): HttpAnswer {
    if (!takesEvents(request)) return this.#refuse(406, EXPLAINED);
    const session = this.#sessions.create(request, 'older');
    this.#sessions.admit(session);
    const stream = new EventStream();
    const send = (text: string): void => {
      stream.send(text);
    };
    this.#connections.set(session, new Connection(this.#endpoint, send, session));
    stream.tell('endpoint', `${messagesPath}?sessionId=${encodeURIComponent(session.id)}`);
    session.onEnd(() => {
      stream.end();
    });
    const release = this.#sessions.hold(session);
    // Without its stream nothing of the session could be answered.
    stream.onClose(() => {
      release();
      this.#sessions.end(session);
    });
    return streamAnswer(stream);
  }

  #post(request: HttpRequest): HttpAnswer {
    const refused = unreadable(request, this.#answers);
    if (refused) return refused;
    const id = new URLSearchParams(request.target.split('?')[1]).get('sessionId');
    if (id === null) return this.#refuse(400, 'The parameter sessionId is missing');
    const session = this.#sessions.find(id, request, 'older');
    const connection = session && this.#connections.get(session);
    if (!connection) return this.#refuse(404, 'There is no such session: open a stream to begin one');
    let value: unknown;
    try {
      value = parseJson(readBody(request));
      connection.take(checkMessage(value), { headers: request.headers, address: request.address });
      return ACCEPTED;
    } catch (error) {
      return this.#answers.malformed(idOf(value), error);
    }
  }

  #refuse(status: number, message: string): HttpAnswer {
    return this.#answers.refuse(status, { code: RPC.invalidRequest, message });
  }
}
