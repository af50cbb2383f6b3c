/** What a server holds at the moment, for its operators; all of it goes back to 0 once nobody calls. */
export interface AppCounts {
  /** Messages whose handlers are at work, also those whose senders no longer wait. */
  readonly requests: number;
  /** Clients of the older era that have begun a session and not ended it. */
  readonly sessions: number;
  /** Answers over HTTP that go on as a stream. */
  readonly streams: number;
  /** Clients of the newer era that listen for changes. */
  readonly listeners: number;
  /** Deadlines that are set: of calls, of questions, of what is quiet. */
  readonly timers: number;
}
