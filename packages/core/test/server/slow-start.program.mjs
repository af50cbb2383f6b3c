// A server that is still opening its second lifespan when it is told to end.
import { createApp, Lifespan, McpModule, token, Tool } from '@tenon/core';
import { once } from 'node:events';

const DB = token('Db');
const QUEUE = token('Queue');
const say = (line) => process.stderr.write(`${line}\n`);

class OpensDb {
  *open() {
    yield {};
    say('db closed');
  }
}
Lifespan(DB)(OpensDb);

class OpensQueue {
  async *open() {
    say('queue opening');
    await once(process, 'SIGTERM');
    yield {};
    say('queue closed');
  }
}
Lifespan(QUEUE)(OpensQueue);

class OpensLast {
  *open() {
    say('last opened');
    yield {};
  }
}
Lifespan(token('Last'))(OpensLast);

class Tools {
  ok() {
    return 'ok';
  }
}
Tool()(Tools.prototype, 'ok', Object.getOwnPropertyDescriptor(Tools.prototype, 'ok'));

class Root {}
McpModule({ name: 't', version: '1', lifespans: [OpensDb, OpensQueue, OpensLast], handlers: [Tools] })(Root);

await createApp(Root).run();
say('run() has ended');
