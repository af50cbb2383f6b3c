import { RPC, type Session } from '@tenon/core';
import { streamAnswer, type Answers } from './answers.js';
import type { EventStream } from './event-stream.js';
import { header, type HttpAnswer, type HttpRequest } from './http-message.js';
import { checkVersion } from './legacy-sender.js';
import { SessionStreams } from './session-streams.js';
import type { Sessions } from './sessions.js';
import type { StreamLog } from './stream-log.js';

/** What who comes here with something else is told. */
export const EXPLAINED =
  'This is an MCP endpoint: send JSON-RPC messages by POST, as a "streamable HTTP" client does';

/** Whether a client says that it can read a stream of events. */
export function takesEvents(request: HttpRequest): boolean {
  return /text\/event-stream/i.test(header(request, 'accept') ?? '');
}

/** The requests that carry no message: GET, which opens a stream of a session, and DELETE, which ends it. */
export class SessionRequests {
  readonly #sessions: Sessions;
  readonly #answers: Answers;
  readonly #logOf: (session: Session) => StreamLog | undefined;
  readonly #streams = new WeakMap<Session, SessionStreams>();
  readonly #ending = new Set<Promise<void>>();

  /** Where `logOf` gives a log, streams can be taken up again. */
  constructor(sessions: Sessions, answers: Answers, logOf: (session: Session) => StreamLog | undefined) {
    this.#sessions = sessions;
    this.#answers = answers;
    this.#logOf = logOf;
  }

  /** The streams of a session. */
  streamsOf(session: Session): SessionStreams {
    const known = this.#streams.get(session);
    if (known) return known;
    const streams = new SessionStreams(session, this.#logOf(session), (sent) => {
      this.#ending.add(sent);
      void sent.finally(() => this.#ending.delete(sent));
    });
    this.#streams.set(session, streams);
    return streams;
  }

  /** Resolves when all that sessions which have ended had to say is kept, and sent. */
  async ended(): Promise<void> {
    await Promise.all(this.#ending);
  }

  /** Opens the stream for what belongs to no request, or takes up the one an event belongs to. */
  get(request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
    if (!takesEvents(request)) return this.#refuse(406, EXPLAINED);
    const session = this.#sessionOf(request);
    if ('status' in session) return session;
    const streams = this.streamsOf(session);
    const after = header(request, 'last-event-id');
    if (after !== undefined && streams.resumable)
      return streams
        .resume(after)
        .then((stream) =>
          stream ? this.#opened(stream, session) : this.#refuse(400, 'There is nothing after this event'),
        );
    const stream = streams.listen();
    return stream
      ? this.#opened(stream, session)
      : this.#refuse(409, 'This session has a stream open already');
  }

  /** Ends a session. */
  delete(request: HttpRequest): HttpAnswer {
    const session = this.#sessionOf(request);
    if ('status' in session) return session;
    this.#sessions.end(session);
    return { status: 204, headers: {}, body: '' };
  }

  #opened(stream: EventStream, session: Session): HttpAnswer {
    stream.onClose(this.#sessions.hold(session));
    return streamAnswer(stream);
  }

  /** The session a request is about, or the refusal of the request. */
  #sessionOf(request: HttpRequest): Session | HttpAnswer {
    const version = header(request, 'mcp-protocol-version');
    if (version !== undefined) checkVersion(version);
    const id = header(request, 'mcp-session-id');
    if (id === undefined) return this.#refuse(400, `The header mcp-session-id is missing. ${EXPLAINED}`);
    return this.#sessions.find(id, request) ?? this.#refuse(404, 'There is no such session');
  }

  #refuse(status: number, message: string): HttpAnswer {
    return this.#answers.refuse(status, { code: RPC.invalidRequest, message });
  }
}
