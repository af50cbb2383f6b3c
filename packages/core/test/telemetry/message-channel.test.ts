import { channel, tracingChannel } from 'node:diagnostics_channel';
import { createApp, McpModule, Tool, type MessageTrace } from '@tenon/core';
import { RecordingLogger } from '@tenon/testing';

class Tools {
  @Tool() async ping() {
    return 'pong';
  }
}

@McpModule({ name: 't', version: '1', handlers: [Tools] })
class Root {}

test('every message is told when it begins and when its outcome is known', async () => {
  const told: [string, string, string | undefined, unknown][] = [];
  const note = (stage: string) => (message: unknown) => {
    const { method, target, version, result } = message as MessageTrace;
    expect(version).toBe('2026-07-28');
    told.push([stage, method, target, (result as { is?: string } | undefined)?.is]);
  };
  const handlers = {
    start: note('start'),
    end: () => undefined,
    asyncStart: note('done'),
    asyncEnd: () => undefined,
    error: note('error'),
  };
  const tracing = tracingChannel('tenon.message');
  const app = createApp(Root, { logger: new RecordingLogger() });
  await app.callTool('ping');
  expect(told).toEqual([]);
  tracing.subscribe(handlers);
  try {
    await app.callTool('ping');
    await app.listTools();
    await app.callTool('nope').catch(() => undefined);
  } finally {
    tracing.unsubscribe(handlers);
  }
  expect(told).toEqual([
    ['start', 'tools/call', 'ping', undefined],
    ['done', 'tools/call', 'ping', 'result'],
    ['start', 'tools/list', undefined, undefined],
    ['done', 'tools/list', undefined, 'json'],
    ['start', 'tools/call', 'nope', undefined],
    ['done', 'tools/call', 'nope', 'error'],
  ]);
  expect(channel('tracing:tenon.message:start').hasSubscribers).toBe(false);
  await app.close();
});
