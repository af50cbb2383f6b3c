import { createApp, McpModule, Tool, type App } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { connect, WAYS, type Connected } from './connect.js';

class Money {
  constructor(
    readonly amount: bigint,
    readonly currency: string,
  ) {}
}

class Tools {
  @Tool() stays() {
    return {
      when: new Date(0),
      big: 2n ** 64n,
      map: new Map([['a', 1]]),
      set: new Set([1, 2]),
      bytes: Buffer.from('abc'),
      price: new Money(5n, 'CHF'),
    };
  }

  @Tool() circles() {
    const a: Record<string, unknown> = {};
    a.b = { back: a };
    return { a };
  }

  @Tool() async waits() {
    await Promise.resolve();
    return { a: [Promise.resolve(1)] };
  }

  @Tool() promises() {
    return Promise.resolve({ a: 1 });
  }

  @Tool() refuses() {
    return { a: () => 1 };
  }

  @Tool() ping() {
    return 'pong';
  }
}

@McpModule({ name: 'unsendable', version: '1.0.0', handlers: [Tools] })
class Unsendable {}

describe.each(WAYS)('over $over, in $version', (way) => {
  let app: App;
  let connected: Connected;

  beforeAll(async () => {
    app = createApp(Unsendable, { logger: new RecordingLogger() });
    connected = await connect(app, way);
  });
  afterAll(async () => {
    await connected.client.close();
    await app.close();
  });

  const text = async (name: string): Promise<unknown> => {
    const { content, isError } = await connected.call(name);
    return [isError === true, (content[0] as { text?: string }).text];
  };

  test('dates, big integers, maps, sets, bytes and objects of classes are sent as JSON has them', async () => {
    const { structuredContent, isError } = await connected.call('stays');
    expect(isError).toBeFalsy();
    expect(structuredContent).toEqual({
      when: '1970-01-01T00:00:00.000Z',
      big: '18446744073709551616',
      map: { a: 1 },
      set: [1, 2],
      bytes: 'YWJj',
      price: { amount: '5', currency: 'CHF' },
    });
  });

  test('a circle is told with the tool and the place', async () => {
    expect(await text('circles')).toEqual([
      true,
      "Tool 'circles' returned a circular structure at result.a.b.back",
    ]);
  });

  test('a promise inside of a result is told with the tool and the place, one around it is awaited', async () => {
    expect(await text('waits')).toEqual([
      true,
      "Tool 'waits' returned an unresolved Promise (await it) at result.a[0]",
    ]);
    expect(await text('promises')).toEqual([false, '{"a":1}']);
  });

  test('a function is told with the tool and the place, and the server goes on', async () => {
    expect(await text('refuses')).toEqual([true, "Tool 'refuses' returned a function at result.a"]);
    expect(await text('ping')).toEqual([false, 'pong']);
  });
});
