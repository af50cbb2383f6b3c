import {
  Cache,
  Context,
  createApp,
  McpModule,
  Prompt,
  ReadOnly,
  Resource,
  Tool,
  tool,
  ToolError,
  use,
  type App,
} from '@tenon/core';
import { ResponseCaching } from '@tenon/core/middleware';
import { RecordingLogger } from '@tenon/testing';
import { connect, WAYS, type Connected } from './connect.js';

let runs: string[] = [];

class Weather {
  @ReadOnly() @Tool() forecast(city: string, days = 1) {
    runs.push(`forecast ${city} ${days}`);
    return { city, days, sky: 'blue' };
  }
  @Tool() report(city: string) {
    runs.push(`report ${city}`);
    return 'thanks';
  }
  @Cache({ ttlSeconds: 60 }) @Tool() dice() {
    runs.push('dice');
    return '4';
  }
  @ReadOnly() @Tool() broken() {
    runs.push('broken');
    throw new ToolError('No wind');
  }
  @ReadOnly() @Tool() async asks(ctx: Context) {
    const { action } = await ctx.elicit('Umbrella?', Boolean);
    runs.push('asks');
    return action;
  }
  @ReadOnly() @Tool() async slow(ctx: Context) {
    await ctx.reportProgress(1, 2);
    runs.push('slow');
    return 'done';
  }
  @Resource('weather://{city}') city(city: string) {
    runs.push(`city ${city}`);
    return `${city} is sunny`;
  }
  @Prompt() plan(city: string) {
    runs.push(`plan ${city}`);
    return `Plan a day in ${city}`;
  }
}

@McpModule({
  name: 'weather',
  version: '1.0.0',
  handlers: [Weather],
  middleware: [use(ResponseCaching, { ttlSeconds: 60, cachePrompts: false, cacheLists: true })],
})
class WeatherModule {}

describe.each(WAYS)('over $over in $version', (way) => {
  let app: App;
  let connected: Connected;

  beforeEach(async () => {
    runs = [];
    app = createApp(WeatherModule, { logger: new RecordingLogger() });
    connected = await connect(app, way, { 'elicitation/create': () => ({ action: 'decline' }) });
  });

  afterEach(async () => {
    await connected.client.close();
    await app.close();
  });

  test('a second call of the same words is answered without the handler, and with the same result', async () => {
    const { call } = connected;
    const first = await call('forecast', { city: 'Rome', days: 2 });
    expect(first.structuredContent).toEqual({ city: 'Rome', days: 2, sky: 'blue' });
    expect(await call('forecast', { days: 2, city: 'Rome' })).toEqual(first);
    await call('forecast', { city: 'Oslo' });
    for (const _ of [1, 2]) await call('dice');
    expect(runs).toEqual(['forecast Rome 2', 'forecast Oslo 1', 'dice']);
  });

  test('what changes something, what fails, what asks and what tells its progress runs each time', async () => {
    const { call } = connected;
    for (const _ of [1, 2]) {
      await call('report', { city: 'Rome' });
      expect((await call('broken')).isError).toBe(true);
      expect(await call('asks')).toMatchObject({ content: [{ text: 'decline' }] });
      const progress: unknown[] = [];
      await call('slow', {}, { onprogress: (each) => progress.push(each) });
      expect(progress).toHaveLength(1);
    }
    expect(runs.sort()).toEqual([
      ...['asks', 'asks', 'broken', 'broken'],
      ...['report Rome', 'report Rome', 'slow', 'slow'],
    ]);
  });

  test('a resource is read anew once it is said to have changed; prompts run each time, as the options say', async () => {
    const { client } = connected;
    const read = async () => (await client.readResource({ uri: 'weather://Rome' })).contents;
    const first = await read();
    expect(await read()).toEqual(first);
    app.updated('weather://Rome');
    await read();
    for (const _ of [1, 2]) await client.getPrompt({ name: 'plan', arguments: { city: 'Rome' } });
    expect(runs).toEqual(['city Rome', 'city Rome', 'plan Rome', 'plan Rome']);
  });

  test('a kept list is void once it has changed', async () => {
    const { client } = connected;
    const names = async () => (await client.listTools()).tools.map(({ name }) => name);
    const first = await names();
    expect(await names()).toEqual(first);
    app.add(tool({ name: 'late', run: () => 'late' }));
    expect(await names()).toEqual([...first, 'late']);
  });
});
