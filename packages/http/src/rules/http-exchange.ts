import {
  encodeNotification,
  Exchange,
  NONE,
  RPC,
  type Era,
  type HttpRequestInfo,
  type LoggingLevel,
  type Outcome,
  type Params,
  type Peer,
  type Principal,
  type ProtocolError,
  type RequestId,
  type Session,
} from '@tenon/core';
import { EventStream } from './event-stream.js';
import type { HttpRequest } from './http-message.js';
import type { RecordedStream } from './recorded-stream.js';

/** Who sent a message, as its era tells. */
export interface Sender {
  readonly era: Era;
  readonly version: string;
  readonly peer: Peer;
  readonly session?: Session | undefined;
  readonly logLevel?: LoggingLevel | undefined;
  /** What is wrong with the message, if its sender sees what it names. */
  readonly refusal?: ProtocolError | undefined;
}

/** What stands for the answer of a client that has left. */
const GONE = { code: RPC.internalError, message: 'its connection is gone, and with it the question' };

const LEFT = 'The client has disconnected';

/** One message that came in a POST: its notifications turn the answer into a stream. */
export class HttpExchange extends Exchange {
  readonly era: Era;
  readonly session: Session | undefined;
  readonly #version: string;
  readonly #peer: Peer;
  readonly #request: HttpRequest;
  readonly #logLevel: LoggingLevel | undefined;
  readonly #refusal: ProtocolError | undefined;
  #makeRecord: (() => RecordedStream | undefined) | undefined;
  #stream: EventStream | undefined;
  #record: RecordedStream | undefined;
  #onDrop: ((outcome: Outcome) => void) | undefined;
  #onStream: ((stream: EventStream) => void) | undefined;
  #answered = false;

  /** With a record the stream of the answer outlives its connection. */
  constructor(request: HttpRequest, sender: Sender, makeRecord?: () => RecordedStream | undefined) {
    super();
    this.#makeRecord = makeRecord;
    this.#request = request;
    this.era = sender.era;
    this.#version = sender.version;
    this.#peer = sender.peer;
    this.session = sender.session;
    this.#logLevel = sender.logLevel;
    this.#refusal = sender.refusal;
  }

  get version(): string {
    return this.session?.version || this.#version;
  }

  get peer(): Peer {
    return this.session?.peer ?? this.#peer;
  }

  get principal(): Principal | undefined {
    return this.#request.principal;
  }

  override get refusal(): ProtocolError | undefined {
    return this.#refusal;
  }

  get http(): HttpRequestInfo {
    return { headers: this.#request.headers, address: this.#request.address };
  }

  get logLevel(): LoggingLevel | undefined {
    return this.session ? this.session.logLevel : this.#logLevel;
  }

  /** The stream the answer has become, if it has. */
  get stream(): EventStream | undefined {
    return this.#stream;
  }

  /** The record of that stream, where one is kept. */
  get record(): RecordedStream | undefined {
    return this.#record;
  }

  /** Calls `run` when the answer becomes a stream; at once if it has. */
  onStream(run: (stream: EventStream) => void): void {
    if (this.#stream) run(this.#stream);
    else this.#onStream = run;
  }

  /** Calls `run` when the answer is no longer the handler's to give. */
  onDrop(run: (outcome: Outcome) => void): void {
    this.#onDrop = run;
  }

  override drop(outcome: Outcome = NONE): void {
    this.#onDrop?.(outcome);
  }

  notify(method: string, params: Params): void {
    this.send(encodeNotification(method, params));
  }

  override sendRequest(id: RequestId, method: string, params: Params): void {
    this.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    // Where nobody can come back for it, a question ends with the stream it was asked on.
    if (!this.#record)
      this.begin().onClose(() => {
        this.session?.answer({ jsonrpc: '2.0', id, error: GONE });
      });
  }

  /** Sends a message on the stream of the answer, which begins with the first. */
  send(json: string): void {
    const stream = this.begin();
    if (this.#record) this.#record.send(json);
    else stream.send(json);
  }

  /** Makes the answer a stream, if it is none yet. */
  begin(): EventStream {
    if (this.#stream) return this.#stream;
    const stream = new EventStream();
    this.#stream = stream;
    this.#record = this.#makeRecord?.();
    this.#record?.connect(stream);
    if (this.era === 'modern')
      stream.onClose(() => {
        if (!this.#answered) this.cancel(LEFT);
      });
    this.#onStream?.(stream);
    return stream;
  }

  /** Says that the answer is known: whatever a handler still does, it opens no record that nobody would end. */
  answered(): void {
    this.#answered = true;
    this.#makeRecord = undefined;
  }

  override closeStream(): void {
    if (!this.#makeRecord) return;
    this.begin();
    this.#record?.pause();
  }

  /** Leaving is cancelling since 2026-07-28; before, only a notification cancels. */
  protected override watch(): void {
    if (this.era === 'legacy') return;
    this.#request.onDisconnect(() => {
      this.cancel(LEFT);
    });
  }
}
