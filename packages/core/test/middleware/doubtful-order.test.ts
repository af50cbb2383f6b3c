import {
  createApp,
  McpModule,
  Middleware,
  Tool,
  use,
  UseMiddleware,
  type Call,
  type Next,
} from '@tenon/core';
import type { Constructor, MiddlewareListing } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

class GoesOn {
  onMessage(_call: Call, next: Next) {
    return next();
  }
}
@Middleware({ role: 'errors' })
class Errors extends GoesOn {}
@Middleware({ role: 'access' })
class Access extends GoesOn {}
@Middleware({ role: 'limit' })
class Limit extends GoesOn {}
@Middleware({ role: 'answers' })
class Cache extends GoesOn {}
@Middleware({ role: 'retry' })
class Again extends GoesOn {}
@Middleware()
class Plain extends GoesOn {}

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

function warnings(middleware: readonly MiddlewareListing[], handler: Constructor = Tools): readonly string[] {
  @McpModule({ name: 't', version: '1', handlers: [handler as never], middleware })
  class Root {}
  const logger = new RecordingLogger();
  createApp(Root, { logger });
  return logger.lines.map(({ level, message }) => `${level} ${message}`);
}

test.each([
  [
    [Cache, Limit],
    'Cache stands outside of Limit: what Cache answers by itself, Limit does not count. List Limit before Cache.',
  ],
  [
    [Cache, Plain, Access],
    'Cache stands outside of Access: what Cache answers by itself, Access does not check. List Access before Cache.',
  ],
  [
    [Again, Limit],
    'Again stands outside of Limit: what Limit refuses, Again tries again, and each try counts. List Limit before Again.',
  ],
  [
    [Plain, Errors],
    'Plain stands outside of Errors: what Plain throws, Errors does not see. List Errors before Plain.',
  ],
])('a doubtful order is a warning that names the pair, and no error: %#', (listed, sentence) => {
  expect(warnings(listed)).toEqual([`warn Middleware of Root: ${sentence}`]);
});

test('what hides by what it fetches is access control, though it does not say so', () => {
  @Middleware()
  class Hides extends GoesOn {
    visible() {
      return true;
    }
  }
  expect(warnings([Cache, Hides])).toEqual([
    'warn Middleware of Root: Cache stands outside of Hides: what Cache answers by itself, Hides does not check. List Hides before Cache.',
  ]);
  expect(warnings([Hides, Cache, { visible: () => true }])).toEqual([]);
});

test('the order that is meant has nothing to say', () => {
  expect(warnings([Errors, Plain, Access, Limit, Again, Cache])).toEqual([]);
  expect(warnings([Plain, new Plain()])).toEqual([]);
  expect(warnings([])).toEqual([]);
});

test('an instance is what its class says, and a subclass what its ancestor does', () => {
  class Ours extends Cache {}
  expect(warnings([new Ours(), new Limit()])).toEqual([
    expect.stringMatching(/^warn Middleware of Root: Ours stands outside of Limit/),
  ]);
});

test('what stands on a method is inside all of its module, and is told with the method', () => {
  class Limited {
    @UseMiddleware(Limit) @Tool() ping() {
      return 'pong';
    }
    @UseMiddleware(Plain) @Tool() pong() {
      return 'ping';
    }
  }
  expect(warnings([Cache], Limited)).toEqual([
    expect.stringMatching(/^warn Middleware of Limited.ping\(\): Cache stands outside of Limit/),
  ]);
});

test('error handling on a class is for that class, and may stand inside all else', () => {
  @UseMiddleware(Errors)
  class Handled {
    @Tool() ping() {
      return 'pong';
    }
  }
  expect(warnings([Plain], Handled)).toEqual([]);
});

test('error handling of an imported module stands inside the root, as it must', () => {
  @McpModule({ middleware: [Errors] })
  class Imported {}
  @McpModule({ name: 't', version: '1', imports: [Imported], handlers: [Tools], middleware: [Plain] })
  class Root {}
  const logger = new RecordingLogger();
  createApp(Root, { logger });
  expect(logger.lines).toEqual([]);
});

test('what two modules list runs twice and is a warning that names both; two uses of one class are meant', async () => {
  let heard = 0;
  @Middleware()
  class Counts {
    onMessage(_call: Call, next: Next) {
      heard++;
      return next();
    }
  }
  const [shared, instance] = [use(Plain), new Plain()];
  @McpModule({ middleware: [Counts, shared, instance, use(Plain), new Plain()] })
  class Part {}
  @McpModule({
    name: 't',
    version: '1',
    imports: [Part],
    handlers: [Tools],
    middleware: [Counts, shared, instance],
  })
  class Root {}
  const logger = new RecordingLogger();
  const app = createApp(Root, { logger });
  await app.callTool('ping');
  await app.close();
  expect(heard).toBe(2);
  expect(logger.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual(
    ['Counts', 'Plain', 'Plain'].map(
      (name) =>
        `${name} is among the middleware of Root and of Part, and runs 2 times for one message. Leave it in one of them.`,
    ),
  );
});
