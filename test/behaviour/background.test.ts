import { Context, createApp, currentContext, McpModule, Tool } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';
import { connect, WAYS } from './connect.js';

let go: () => void = () => undefined;
let late: Promise<unknown> | undefined;

class Tools {
  /** Answers at once, and goes on working afterwards. */
  @Tool() async start(ctx: Context) {
    await ctx.reportProgress(1, 3);
    const told = new Promise<void>((resolve) => (go = resolve));
    late = told.then(async () => {
      const found = currentContext();
      await found.reportProgress(2, 3);
      await found.log('error', 'still at work');
      return found.requestId === ctx.requestId;
    });
    return 'started';
  }

  @Tool() ping() {
    return 'pong';
  }
}

@McpModule({ name: 'background', version: '1.0.0', currentContext: true, handlers: [Tools] })
class BackgroundModule {}

test.each(WAYS)(
  'work that outlives its call finds its Context, and clients hear no more of it: over $over, in $version',
  async (way) => {
    const app = createApp(BackgroundModule, { logger: new RecordingLogger() });
    const { client, call } = await connect(app, way);
    const progress: unknown[] = [];
    const unexpected: unknown[] = [];
    client.onerror = (error) => unexpected.push(error);
    client.fallbackNotificationHandler = (notification) => {
      unexpected.push(notification);
      return Promise.resolve();
    };

    const started = await call('start', {}, { onprogress: (each) => progress.push(each) });
    expect(started.content).toEqual([{ type: 'text', text: 'started' }]);
    go();
    expect(await late).toBe(true);

    // Whatever had been sent late would have come before this answer.
    expect((await call('ping')).content).toEqual([{ type: 'text', text: 'pong' }]);
    expect(unexpected).toEqual([]);
    expect(progress.length).toBeLessThanOrEqual(1);
    await client.close();
    await app.close();
  },
);
