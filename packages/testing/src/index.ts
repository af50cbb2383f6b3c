export { createTestServer, type ConnectOptions, type TestServer, type TestVersion } from './test-server.js';
export type { Answers } from './answers.js';
export { testContext, type Reported, type TestContextOptions } from './test-context.js';
export { ManualClock } from './manual-clock.js';
export { RecordingLogger, type LogLine } from './recording-logger.js';
