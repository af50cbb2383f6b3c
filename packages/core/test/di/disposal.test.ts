import { createApp, Injectable, Lifespan, McpModule, Principal, token, Tool } from '@tenon/core';
import { createTestServer, ManualClock, RecordingLogger } from '@tenon/testing';

let steps: string[] = [];

beforeEach(() => {
  steps = [];
});

/** A class that says when it is closed, and fails at it if it has a reason. */
function closing(name: string, reason?: string) {
  @Injectable()
  class Closes {
    onClose() {
      steps.push(name);
      if (reason !== undefined) throw new Error(reason);
    }
  }
  return Closes;
}

class Tools {
  @Tool() ping() {
    return 'pong';
  }
}

test('everything is closed although some of it fails, and close() lists each failure and whose it is', async () => {
  const [first, second, third] = [closing('first', 'one'), closing('second'), closing('third')];
  @Injectable()
  class Fourth {
    async onClose() {
      steps.push('fourth');
      await Promise.reject(new Error('four'));
    }
  }
  @Lifespan(token<string>('pool'))
  class OpensPool {
    *open() {
      yield 'pool';
      throw new Error('in use');
    }
  }
  @McpModule({
    name: 't',
    version: '1',
    lifespans: [OpensPool],
    providers: [first, second, third, Fourth],
    handlers: [Tools],
  })
  class Root {}
  const app = createApp(Root);
  await app.start();
  const error: unknown = await app.close().catch((thrown: unknown) => thrown);
  expect(steps).toEqual(['fourth', 'third', 'second', 'first']);
  expect(error).toBeInstanceOf(AggregateError);
  expect((error as AggregateError).errors.map((each: Error) => each.message)).toEqual([
    'four',
    'one',
    'in use',
  ]);
  expect((error as Error).message).toBe('3 instances could not be closed: Fourth, Closes, OpensPool');
});

test('what is closed by a promise of another kind is waited for', async () => {
  @Injectable()
  class Foreign {
    onClose() {
      const later = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        steps.push('foreign');
      });
      return { then: later.then.bind(later) } as Promise<void>;
    }
  }
  const before = closing('made before');
  @McpModule({ name: 't', version: '1', providers: [before, Foreign], handlers: [Tools] })
  class Root {}
  const app = createApp(Root);
  await app.start();
  await app.close();
  expect(steps).toEqual(['foreign', 'made before']);
});

test('a module opens before what it imports, unless it needs it, and closes after', async () => {
  const opened = (name: string, of = token<string>(name)) => {
    @Lifespan(of)
    class Opens {
      *open() {
        steps.push(`open ${name}`);
        yield name;
        steps.push(`close ${name}`);
      }
    }
    return Opens;
  };
  @McpModule({ lifespans: [opened('inner')] })
  class Inner {}
  @McpModule({ imports: [Inner], lifespans: [opened('middle')] })
  class Middle {}
  @McpModule({
    name: 't',
    version: '1',
    imports: [Middle, Inner],
    lifespans: [opened('root')],
    handlers: [Tools],
  })
  class Root {}
  const app = createApp(Root);
  await app.start();
  await app.close();
  expect(steps).toEqual([
    'open root',
    'open middle',
    'open inner',
    'close inner',
    'close middle',
    'close root',
  ]);
});

test('one instance of a session that cannot be closed is logged, and the others are closed', async () => {
  @Injectable({ lifetime: 'session' })
  class First {
    onClose() {
      steps.push('first');
    }
  }
  @Injectable({ lifetime: 'session' })
  class Second {
    onClose() {
      throw new Error('stuck');
    }
  }
  class Uses {
    @Tool() use(_first: First, _second: Second) {
      return 'used';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [First, Second], handlers: [Uses] })
  class Root {}
  const logger = new RecordingLogger();
  await using server = await createTestServer(Root, { logger });
  const client = await server.connect('2025-11-25');
  await client.callTool({ name: 'use' });
  await client.close();
  await new Promise(setImmediate);
  expect(steps).toEqual(['first']);
  expect(logger.lines.map((line) => line.fields.err)).toContainEqual(
    expect.objectContaining({ message: 'stuck' }),
  );
});

test('what a principal shares is closed in reverse with the app, before what the app holds', async () => {
  const base = closing('app');
  @Injectable({ lifetime: 'session', sessionless: 'principal' })
  class First {
    onClose() {
      steps.push('first');
    }
  }
  @Injectable({ lifetime: 'session', sessionless: 'principal' })
  class Second {
    constructor(readonly first: First) {}
    async onClose() {
      await new Promise(setImmediate);
      steps.push('second');
    }
  }
  class Uses {
    @Tool() use(_second: Second) {
      return 'used';
    }
  }
  @McpModule({ name: 't', version: '1', providers: [base, First, Second], handlers: [Uses] })
  class Root {}
  const app = createApp(Root, { clock: new ManualClock() });
  await app.callTool('use', {}, { principal: new Principal({ issuer: 'i', subject: 's' }) });
  expect(steps).toEqual([]);
  await app.close();
  expect(steps).toEqual(['second', 'first', 'app']);
});
