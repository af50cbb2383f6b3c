// A server over stdio with a handler that never ends, and nothing else that keeps the process.
import { Clock, createApp, Lifespan, McpModule, token, Tool } from '@tenon/core';

class OpensDb {
  *open() {
    yield {};
    process.stderr.write('db closed\n');
  }
}
Lifespan(token('Db'))(OpensDb);

class Tools {
  waits() {
    return new Promise(() => undefined);
  }
}
Tool()(Tools.prototype, 'waits', Object.getOwnPropertyDescriptor(Tools.prototype, 'waits'));

class Root {}
McpModule({ name: 't', version: '1', lifespans: [OpensDb], handlers: [Tools], logLevel: 'warn' })(Root);

/** A hundred times as fast; like the machine's, its timers keep no process alive. */
class FastClock extends Clock {
  now() {
    return Date.now() * 100;
  }
  setTimer(ms, run) {
    const timer = setTimeout(run, ms / 100).unref();
    return () => clearTimeout(timer);
  }
}

await createApp(Root, { clock: new FastClock() }).run();
process.stderr.write('run() has ended\n');
