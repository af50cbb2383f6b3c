import { McpModule, use } from 'tenon';
import { Timeout } from 'tenon/middleware';
import { AccessControl } from './access-control.js';
import { Identify } from './identify.js';
import { Journal } from './journal.js';
import { LibraryTools } from './library.tools.js';
import { NotYet } from './not-yet.js';
import { SayBeta } from './say-beta.js';

const allowedUsers = (process.env.ALLOWED_USERS ?? 'alice,bob,charlie').split(',');

@McpModule({
  name: 'middleware',
  version: '1.0.0',
  handlers: [LibraryTools],
  // The first is outermost.
  middleware: [
    Journal,
    Identify,
    use(AccessControl, { allowedUsers }),
    NotYet,
    SayBeta,
    use(Timeout, { timeoutMs: 200 }),
  ],
})
export class AppModule {}
